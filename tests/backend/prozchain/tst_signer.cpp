// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_chain.h"

#include "backend/platform/files.h"
#include "backend/prozchain/signer.h"

using namespace rc;
using namespace rc::prozchain;

class TestSigner : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;

    [[nodiscard]] Result<Signer> open(qint64 head = 0) const
    {
        return Signer::open(m_dir->path(), test::validatorKeys(0), "prozchain-test", head);
    }
    [[nodiscard]] static Vote vote(qint64 height, qint64 round, VoteStep step, const char* block)
    {
        return {height, round, step, sha256(block), 0, {}};
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void neverTwoBlocksForOneStep()
    {
        auto signer = open();
        VERIFY_OK(signer);
        const auto first = signer->sign(vote(5, 0, VoteStep::Prevote, "a"));
        VERIFY_OK(first);
        QCOMPARE(signer->sign(vote(5, 0, VoteStep::Prevote, "b")).error().code, ErrorCode::Conflict);
        QCOMPARE(signer->sign(vote(5, 0, VoteStep::Prevote, "a")), *first);
        VERIFY_OK(signer->sign(vote(5, 1, VoteStep::Prevote, "b")));
    }

    void neverBelowWhatWasSigned()
    {
        auto signer = open();
        VERIFY_OK(signer);
        VERIFY_OK(signer->sign(vote(5, 1, VoteStep::Precommit, "a")));
        QVERIFY(!signer->sign(vote(5, 1, VoteStep::Prevote, "a")));
        QVERIFY(!signer->sign(vote(5, 0, VoteStep::Precommit, "a")));
        QVERIFY(!signer->sign(vote(4, 9, VoteStep::Precommit, "a")));
    }

    void theRefusalOutlivesTheProcess()
    {
        {
            auto signer = open();
            VERIFY_OK(signer);
            VERIFY_OK(signer->sign(vote(5, 0, VoteStep::Prevote, "a")));
        }
        auto signer = open(4);
        VERIFY_OK(signer);
        QVERIFY(!signer->sign(vote(5, 0, VoteStep::Prevote, "b")));
    }

    void theLockIsRememberedUntilTheNextHeight()
    {
        const Block block{{"prozchain-test", 5, {}, 1, {}, {}, {}, 0}, {}};
        {
            auto signer = open();
            VERIFY_OK(signer);
            VERIFY_OK(signer->sign({5, 2, VoteStep::Precommit, block.header.hash(), 0, {}}, block));
        }
        auto signer = open(4);
        VERIFY_OK(signer);
        QCOMPARE(signer->state().lockedRound, 2);
        QVERIFY(signer->state().locked == block);
        VERIFY_OK(signer->sign(vote(6, 0, VoteStep::Prevote, "x")));
        QVERIFY(!signer->state().locked);
    }

    void aLostStateStopsTheValidator() { QCOMPARE(open(17).error().code, ErrorCode::WrongState); }

    void aDamagedStateStopsTheValidator()
    {
        VERIFY_OK(writeFileAtomically(Signer::fileIn(m_dir->path()), "{\"height\": 5}"));
        QCOMPARE(open(17).error().code, ErrorCode::StoreError);
    }

    void nothingIsSignedThatCannotBeRemembered()
    {
        auto signer = open();
        VERIFY_OK(signer);
        QVERIFY(QDir(m_dir->path()).removeRecursively());
        QVERIFY(!signer->sign(vote(5, 0, VoteStep::Prevote, "a")));
        QCOMPARE(signer->state().height, 0);
    }
};

QTEST_GUILESS_MAIN(TestSigner)
#include "tst_signer.moc"
