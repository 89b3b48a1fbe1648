// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_chain.h"

#include "backend/prozchain/state.h"
#include "backend/prozchain/strict_json.h"

using namespace rc;
using namespace rc::prozchain;

namespace {

Transaction someTransaction()
{
    Transaction tx;
    tx.nonce = 7;
    tx.key = "account/17";
    tx.value = "1200";
    tx.sign(test::validatorKeys(0), "prozchain-test");
    return tx;
}

BlockHeader someHeader()
{
    return {
        "prozchain-test", 42, sha256("parent"), 1'700'000'042'000, test::validatorKeys(2).publicKey(), sha256("txs"),
        sha256("state"),  1};
}

} // namespace

/// The vectors are frozen: a change of any of them is a change of the chain's format.
class TestChainValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sha256IsTheStandardOne()
    {
        QCOMPARE(sha256("abc").toHex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    void aStreamedHashIsThatOfTheEncoding()
    {
        const auto encoded = Encoder("domain").number(-5).bytes("value").bytes("").take();
        QCOMPARE(encoded.toHex(), QByteArray("00000006646f6d61696efffffffffffffffb0000000576616c756500000000"));
        QCOMPARE(Hasher("domain").number(-5).bytes("value").bytes("").finish().toHex(), sha256(encoded).toHex());
    }

    void headerHash()
    {
        QCOMPARE(someHeader().hash().toHex(), "edf19b021a444236afa13d265abb96aaf251d811db64274d726bd1bfef698527");
    }

    void everyFieldOfTheHeaderIsHashed()
    {
        const auto hash = someHeader().hash();
        const QList<std::function<void(BlockHeader&)>> changes{
            [](auto& h) { h.chainId = "other"; }, [](auto& h) { h.height = 43; },
            [](auto& h) { h.previousHash = {}; }, [](auto& h) { h.timeMs += 1; },
            [](auto& h) { h.proposer = {}; },     [](auto& h) { h.txRoot = {}; },
            [](auto& h) { h.stateRoot = {}; },    [](auto& h) { h.round = 2; },
        };
        for (const auto& change : changes) {
            auto header = someHeader();
            change(header);
            QVERIFY(header.hash() != hash);
        }
    }

    void bodyRootAndSignature()
    {
        QCOMPARE(sha256(encodeBody({someTransaction()})).toHex(),
                 "d34c35548a61210d13511d3d0fde2c32849bedb4b961f268ddb8549f4f490f61");
        QCOMPARE(sha256(encodeBody({})).toHex(), "95d810ed5404968a2970b50fe10112cd432f627664bd4269deec950bf0ea6ecd");
    }

    void stateRoots()
    {
        QCOMPARE(stateRoot(emptyBuckets()).toHex(), "d035709e65cca394bb7a6e0cd75a2e886bbdcd9d20827003857557e4b3c74ab4");
        QCOMPARE(bucketOf("account/17"), 3);
        QCOMPARE(bucketHash(5, {{"a", "1"}, {"b", "2"}}).toHex(),
                 "42cb3ef832281120be252277c9f6f45a59cad70e4bf4cccfe07fca9b0fd1ea2e");
        QVERIFY(bucketHash(5, {{"a", "12"}}) != bucketHash(5, {{"a1", "2"}}));
    }

    void genesisHash()
    {
        QCOMPARE(test::fourValidators().firstHeader().hash().toHex(),
                 "11083f6e20a6dcfac20fa9203ce3cf24eb3ae37eaa4962a7f06dbe785dfd48de");
    }

    void encodingsRoundTrip()
    {
        const auto header = BlockHeader::decode(someHeader().encode());
        VERIFY_OK(header);
        QCOMPARE(*header, someHeader());
        const Block block{someHeader(), {someTransaction()}};
        const auto decoded = Block::decode(block.encode());
        VERIFY_OK(decoded);
        QCOMPARE(*decoded, block);
        const auto commit = test::commitOf(test::fourValidators(), someHeader());
        const auto decodedCommit = Commit::decode(commit.encode());
        VERIFY_OK(decodedCommit);
        QCOMPARE(*decodedCommit, commit);
    }

    void damagedBytesAreRefused()
    {
        const auto encoded = Block{someHeader(), {someTransaction()}}.encode();
        for (qsizetype length = 0; length < encoded.size(); length += 13) {
            QVERIFY(!Block::decode(encoded.first(length)));
        }
        QVERIFY(!Block::decode(encoded + "x"));
        QVERIFY(!BlockHeader::decode(encodeBody({})));
    }

    void messagesRoundTripThroughJson()
    {
        QList<Message> messages;
        messages.append(Vote{5, 1, VoteStep::Precommit, sha256("x"), 3, Signature{}});
        messages.append(Proposal{5, 1, 0, {someHeader(), {someTransaction()}}, Signature{}});
        for (const auto& message : messages) {
            const auto read = messageFromJson(toJson(message));
            VERIFY_OK(read);
            QVERIFY(*read == message);
        }
        QVERIFY(!messageFromJson({{"type", "prevote"}, {"height", 5}}));
    }

    void aTransactionIsBoundToItsChainAndContent()
    {
        VERIFY_OK(someTransaction().check("prozchain-test"));
        QVERIFY(!someTransaction().check("prozchain-other"));
        auto altered = someTransaction();
        altered.value = "1300";
        QVERIFY(!altered.check("prozchain-test"));
        for (const auto& key : {QByteArray(), QByteArray("nonce/ab"), QByteArray("a b"), QByteArray(200, 'k')}) {
            auto bad = someTransaction();
            bad.key = key;
            bad.sign(test::validatorKeys(0), "prozchain-test");
            QVERIFY(!bad.check("prozchain-test"));
        }
    }

    void moreThanTwoThirdsMakeABlockFinal()
    {
        const auto genesis = test::fourValidators();
        QCOMPARE(genesis.quorum(), 3);
        VERIFY_OK(genesis.verifyCommit(someHeader(), test::commitOf(genesis, someHeader(), 3)));
        const auto two = genesis.verifyCommit(someHeader(), test::commitOf(genesis, someHeader(), 2));
        QVERIFY(!two);
        QCOMPARE(two.error().code, ErrorCode::VerificationFailed);
        auto repeated = test::commitOf(genesis, someHeader(), 2);
        repeated.signatures.append(repeated.signatures.first());
        QVERIFY(!genesis.verifyCommit(someHeader(), repeated));
        auto other = someHeader();
        other.round = 2;
        QVERIFY(!genesis.verifyCommit(other, test::commitOf(genesis, someHeader(), 4)));
    }

    void genesisFilesAreReadStrictly()
    {
        const auto good = test::fourValidators();
        const auto read = Genesis::fromJson("g.json", good.toJson());
        VERIFY_OK(read);
        QCOMPARE(*read, good);
        auto extra = good.toJson();
        extra["colour"] = "red";
        QCOMPARE(Genesis::fromJson("g.json", extra).error().message,
                 "g.json: \"colour\" is not a field that belongs here.");
        auto missing = good.toJson();
        missing.remove("chain_id");
        QCOMPARE(Genesis::fromJson("g.json", missing).error().message, "g.json: the field \"chain_id\" is missing.");
    }

    void aSyntaxErrorNamesItsLine()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath("c.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\n \"a\": 1,\n \"b\" 2\n}\n");
        file.close();
        const auto read = StrictObject::load(file.fileName());
        QVERIFY(!read);
        QVERIFY2(read.error().message.startsWith(file.fileName() + ":3: not JSON"), qPrintable(read.error().message));
    }
};

QTEST_GUILESS_MAIN(TestChainValues)
#include "tst_chain_values.moc"
