// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_chain.h"

#include "backend/prozchain/corrupt.h"
#include "backend/prozchain/offline_chain.h"

using namespace rc;
using namespace rc::prozchain;

class TestChainStore : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::optional<ChainStore> m_store;

    void reopen()
    {
        m_store.reset();
        auto store = ChainStore::openExisting(m_dir->path());
        VERIFY_OK(store);
        m_store = std::move(*store);
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        auto store = ChainStore::open(m_dir->path(), test::fourValidators());
        VERIFY_OK(store);
        m_store = std::move(*store);
    }
    void cleanup() { m_store.reset(); }

    void theChainBeginsWithItsGenesis()
    {
        QCOMPARE(m_store->head(), test::fourValidators().firstHeader());
        VERIFY_OK(m_store->verifyState(0));
        m_store.reset();
        const auto other = ChainStore::open(m_dir->path(), test::fourValidators("prozchain-other"));
        QVERIFY(!other);
        QCOMPARE(other.error().code, ErrorCode::Conflict);
    }

    void blocksExecuteAndStay()
    {
        VERIFY_OK(test::grow(*m_store, 30));
        const auto hash = m_store->headHash();
        reopen();
        QCOMPARE(m_store->headHash(), hash);
        QCOMPARE(m_store->head().height, 30);
        const auto block = m_store->block(30);
        VERIFY_OK(block);
        QCOMPARE(block->block.header, m_store->head());
        const auto& tx = block->block.transactions.last();
        QCOMPARE(m_store->value(tx.key, 30).value().value(), tx.value);
        QCOMPARE(m_store->heightOf(hash), 30);
        QCOMPARE(m_store->header(31).error().code, ErrorCode::NotFound);
    }

    void everyHeightCanBeRecomputed()
    {
        VERIFY_OK(test::grow(*m_store, 25));
        for (qint64 height = 0; height <= 25; ++height) {
            VERIFY_OK(m_store->verifyState(height));
        }
        // account/10 .. are written by block 1 and again by block 21.
        QVERIFY(m_store->value("account/12", 1).value() != m_store->value("account/12", 21).value());
        QVERIFY(m_store->value("account/12", 20).value() == m_store->value("account/12", 1).value());
    }

    void badBlocksAreRefusedByName()
    {
        VERIFY_OK(test::grow(*m_store, 3));
        const auto good = test::nextBlock(*m_store);
        VERIFY_OK(good);
        const auto refused = [&](const std::function<void(Block&)>& change) {
            Block block = *good;
            change(block);
            const auto result = m_store->appendFinal({block, test::commitOf(m_store->genesis(), block.header)});
            return result ? QString() : result.error().message;
        };
        QCOMPARE(refused([](Block& b) { b.header.chainId = "x"; }), "Block 4 is of chain x, not prozchain-test.");
        QCOMPARE(refused([](Block& b) { b.header.previousHash = {}; }), "Block 4 does not follow block 3.");
        QCOMPARE(refused([](Block& b) { b.header.timeMs = 0; }), "Block 4 is not later than the block before it.");
        QCOMPARE(refused([](Block& b) { b.header.round = 1; }), "Block 4 is not from the proposer of its round.");
        QVERIFY(refused([](Block& b) { b.transactions.removeLast(); }).contains("does not hold the transactions"));
        QVERIFY(refused([](Block& b) { b.header.stateRoot = {}; }).startsWith("block 4: computed state root "));
        QVERIFY(refused([](Block& b) {
                    b.transactions.removeFirst(); // leaves a gap in the nonces
                    b.header.txRoot = sha256(encodeBody(b.transactions));
                }).contains("is at nonce"));
        const auto unsigned_ = m_store->appendFinal({*good, test::commitOf(m_store->genesis(), good->header, 2)});
        QVERIFY(unsigned_.error().message.startsWith("Block 4: 2 of 4 validators signed it"));
        QCOMPARE(m_store->head().height, 3);
        VERIFY_OK(test::grow(*m_store, 1));
    }

    void aListOfBlocksIsKeptUpToItsFirstBadOne()
    {
        VERIFY_OK(test::grow(*m_store, 6));
        QList<FinalBlock> blocks;
        for (qint64 height = 1; height <= 6; ++height) {
            blocks.append(*m_store->block(height));
        }
        VERIFY_OK(m_store->rollbackTo(0));
        blocks[4].block.header.stateRoot = {};
        const auto done = m_store->append(blocks);
        QVERIFY(!done);
        QVERIFY(done.error().message.startsWith("block 5: computed state root"));
        QCOMPARE(m_store->head().height, 4);
        VERIFY_OK(m_store->verifyState(4));
        VERIFY_OK(test::grow(*m_store, 2));
    }

    void aValueAlteredBehindTheBackIsFound()
    {
        VERIFY_OK(test::grow(*m_store, 40));
        const auto version = m_store->dataVersion();
        const auto corruption = corruptRecentValue(m_dir->path());
        VERIFY_OK(corruption);
        QVERIFY(corruption->height > 30 && corruption->height <= 37);
        QVERIFY(m_store->dataVersion() != version);
        VERIFY_OK(m_store->verifyState(corruption->height - 1));
        const auto found = m_store->verifyState(40);
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::VerificationFailed);
        QVERIFY2(found.error().message.startsWith("block 40: computed state root "), qPrintable(found.error().message));
    }

    void theNextBlockThatTouchesItIsRefused()
    {
        VERIFY_OK(test::grow(*m_store, 40));
        const auto corruption = corruptRecentValue(m_dir->path());
        VERIFY_OK(corruption);
        Status grown;
        while (grown && m_store->head().height < 70) {
            grown = test::grow(*m_store, 1);
        }
        QVERIFY(!grown);
        QCOMPARE(grown.error().code, ErrorCode::VerificationFailed);
        QVERIFY(m_store->head().height < 60); // every key is written each 20 blocks
    }

    void aRollbackBelowHealsAndOneAboveDoesNot()
    {
        VERIFY_OK(test::grow(*m_store, 40));
        const auto at = m_store->header(30);
        const auto corruption = corruptRecentValue(m_dir->path());
        VERIFY_OK(corruption);
        QCOMPARE(m_store->rollbackTo(corruption->height), 40 - corruption->height);
        QVERIFY(!m_store->verifyState(corruption->height));
        VERIFY_OK(m_store->rollbackTo(30));
        VERIFY_OK(m_store->verifyState(30));
        QCOMPARE(m_store->headHash(), at->hash());
        reopen();
        QCOMPARE(m_store->headHash(), at->hash());
        VERIFY_OK(test::grow(*m_store, 10));
    }

    void forwardAgainGivesTheSameChain()
    {
        VERIFY_OK(test::grow(*m_store, 20));
        const auto hash = m_store->headHash();
        QCOMPARE(m_store->rollbackTo(0), 20);
        QVERIFY(!m_store->value("account/12", 0).value().has_value());
        VERIFY_OK(test::grow(*m_store, 20));
        QCOMPARE(m_store->headHash(), hash);
    }

    void aStoppedNodesDirectoryIsReadAndRolledBack()
    {
        VERIFY_OK(test::grow(*m_store, 10));
        const auto target = m_store->header(6);
        m_store.reset();
        {
            const auto running = lockDataDirectory(m_dir->path());
            VERIFY_OK(running);
            QCOMPARE(OfflineChain::open(m_dir->path()).error().code, ErrorCode::Busy);
        }
        auto chain = OfflineChain::open(m_dir->path());
        VERIFY_OK(chain);
        QCOMPARE(chain->head().height, 10);
        QCOMPARE(chain->rollbackTo(6, sha256("another")).error().code, ErrorCode::TargetInvalid);
        QCOMPARE(chain->head().height, 10);
        QCOMPARE(chain->rollbackTo(6, target->hash()), 4);
        QCOMPARE(chain->recomputeStateRoot(6), target->stateRoot);
        QCOMPARE(OfflineChain::open("/nowhere").error().code, ErrorCode::NotFound);
    }

    void aDamagedHeadIsNotOpened()
    {
        VERIFY_OK(test::grow(*m_store, 2));
        m_store.reset();
        auto database = sqlite::Database::open(ChainStore::fileIn(m_dir->path()), sqlite::Database::Mode::Existing);
        VERIFY_OK(database);
        VERIFY_OK(
            database->run("UPDATE blocks SET header = (SELECT header FROM blocks WHERE height=1) WHERE height=2"));
        const auto opened = ChainStore::openExisting(m_dir->path());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::StoreError);
    }
};

QTEST_GUILESS_MAIN(TestChainStore)
#include "tst_chain_store.moc"
