// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/data_recovery_service.h"
#include "tests/backend/health/fake_server.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;
using test::FakeServer;

namespace {

const SystemId v3("validator-3");
const QString hashA(64, 'a');
const QString hashB(64, 'b');

QByteArray json(const QJsonObject& object)
{
    return canonicalJson(object);
}

QJsonObject healthOf(qint64 height)
{
    return {{"status", "ok"},   {"height", height}, {"block_hash", hashA}, {"state_root", hashB},  {"peers", 3},
            {"syncing", false}, {"held", true},     {"block_age_ms", 420}, {"earliest_height", 2}, {"state_error", {}}};
}

/// A node's endpoint that answers what a test makes it answer, and a client for it.
struct World
{
    FakeServer server;
    QTemporaryDir directory;
    ChainTimeouts timeouts{.call = Milliseconds(300), .stateRoots = Milliseconds(300), .rollback = Milliseconds(300)};
    QString secret;

    World()
    {
        server.answer("/health", 200, json(healthOf(812)));
        secret = "file:" + write("token", " 0123456789abcdef\n", QFile::ReadOwner | QFile::WriteOwner);
    }
    QString write(const QString& name, const QByteArray& bytes, QFile::Permissions permissions)
    {
        QFile file(directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) < 0 || !file.setPermissions(permissions)) {
            return {};
        }
        return file.fileName();
    }
    [[nodiscard]] System system() const
    {
        System system;
        system.id = v3;
        system.chain = ChainSpec{ChainKind::Prozchain, server.url(), 1, secret};
        return system;
    }
    [[nodiscard]] std::unique_ptr<ChainClient> client() const
    {
        return std::move(*makeChainClient(system(), timeouts));
    }
    [[nodiscard]] Result<ChainHead> head() const { return QCoro::waitFor(client()->head()); }
    [[nodiscard]] Status hold() const { return QCoro::waitFor(client()->hold()); }
};

/// Answers any request with bytes for as long as somebody takes them.
class Spring
{
public:
    static constexpr qint64 Chunk = 1024LL * 1024;

    explicit Spring(const QByteArray& header)
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, header] {
            m_socket = m_server.nextPendingConnection();
            QObject::connect(m_socket, &QTcpSocket::bytesWritten, &m_server, [this] { pour(); });
            m_socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + header + "\r\n");
        });
    }
    [[nodiscard]] QString url() const { return QString("http://127.0.0.1:%1").arg(m_server.serverPort()); }
    [[nodiscard]] bool isClosed() const { return m_socket && m_socket->state() == QTcpSocket::UnconnectedState; }

    qint64 sent = 0;

private:
    void pour()
    {
        if (m_socket->bytesToWrite() == 0) {
            sent += m_socket->write(QByteArray(Chunk, ' '));
        }
    }

    QTcpServer m_server;
    QTcpSocket* m_socket = nullptr;
};

} // namespace

class TestProzchainClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theHead()
    {
        const World world;
        const auto head = world.head();
        QVERIFY(head.has_value());
        const ChainHead expected{.system = v3,
                                 .block = {812, hashA},
                                 .stateHash = hashB,
                                 .syncing = false,
                                 .peers = 3,
                                 .age = Milliseconds(420),
                                 .earliestHeight = 2,
                                 .held = true};
        QCOMPARE(*head, expected);
    }

    void aSickNodeStillSaysWhereItIs()
    {
        World world;
        auto health = healthOf(812);
        health["state_error"] = "block 813: wrong root";
        world.server.answer("/health", 503, json(health));
        QCOMPARE(world.head()->stateError, "block 813: wrong root");
    }

    void blocksAndStates()
    {
        World world;
        world.server.answer("/header", 200, json({{"height", 7}, {"hash", hashA}, {"time_ms", 5000}}));
        world.server.answer(
            "/state_root", 200,
            json({{"height", 7}, {"block_hash", hashA}, {"header_state_root", hashA}, {"computed_state_root", hashB}}));
        const auto block = QCoro::waitFor(world.client()->blockAt(7));
        QCOMPARE(block->id, (BlockId{7, hashA}));
        QCOMPARE(block->time, Timestamp(Milliseconds(5000)));
        const auto roots = QCoro::waitFor(world.client()->stateRoots(7));
        QCOMPARE(roots->computed, hashB);
        QVERIFY(!roots->consistent());
        QVERIFY(world.server.requests.contains("GET /state_root?height=7"));
        // an answer for another height is none
        QCOMPARE(QCoro::waitFor(world.client()->blockAt(8)).error().code, ErrorCode::InvalidInput);
        QCOMPARE(QCoro::waitFor(world.client()->stateRoots(8)).error().code, ErrorCode::InvalidInput);
    }

    void garbageIsAnErrorWithASentence_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("no JSON") << QByteArray("<html>hello</html>");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("an array") << QByteArray("[1,2]");
        QTest::newRow("no height") << json({{"block_hash", hashA}, {"state_root", hashB}});
        QTest::newRow("a height of text") << json({{"height", "812"}, {"block_hash", hashA}, {"state_root", hashB}});
        QTest::newRow("a negative height") << json({{"height", -4}, {"block_hash", hashA}, {"state_root", hashB}});
        QTest::newRow("a short hash") << json({{"height", 812}, {"block_hash", "aa"}, {"state_root", hashB}});
        QTest::newRow("a hash in capitals")
            << json({{"height", 812}, {"block_hash", hashA.toUpper()}, {"state_root", hashB}});
    }
    void garbageIsAnErrorWithASentence()
    {
        QFETCH(QByteArray, body);
        World world;
        world.server.answer("/health", 200, body);
        const auto head = world.head();
        QCOMPARE(head.error().code, ErrorCode::InvalidInput);
        QVERIFY2(head.error().message.contains("validator-3") && head.error().message.contains(world.server.url()),
                 qPrintable(head.error().message));
    }

    void noAnswerIsATimeout()
    {
        World world;
        world.server.answers.clear();
        const auto head = world.head();
        QCOMPARE(head.error().code, ErrorCode::Timeout);
        QVERIFY2(head.error().message.contains("validator-3 did not answer within 300 ms"),
                 qPrintable(head.error().message));
    }

    void anAnswerWithoutEndIsCutOff_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("of no stated length") << QByteArray();
        QTest::newRow("of a stated length") << QByteArray("Content-Length: 1000000000000\r\n");
    }
    void anAnswerWithoutEndIsCutOff()
    {
        QFETCH(QByteArray, header);
        Spring spring(header);
        World world;
        world.timeouts.call = std::chrono::seconds(20);
        auto system = world.system();
        system.chain->endpoint = spring.url();
        const auto client = std::move(*makeChainClient(system, world.timeouts));
        const auto head = QCoro::waitFor(client->head());
        QCOMPARE(head.error().code, ErrorCode::InvalidInput);
        QVERIFY2(head.error().message.contains("validator-3") &&
                     head.error().message.contains("makes no sense: it is larger than 8 MiB"),
                 qPrintable(head.error().message));
        QTRY_VERIFY(spring.isClosed());
        QVERIFY2(spring.sent < 64 * Spring::Chunk, qPrintable(QString::number(spring.sent)));
    }

    void nobodyThereIsUnreachable()
    {
        World world;
        const auto client = world.client();
        world.server.close();
        const auto head = QCoro::waitFor(client->head());
        QCOMPARE(head.error().code, ErrorCode::Unreachable);
        QVERIFY(head.error().message.contains("validator-3 cannot be reached"));
    }

    void theNodesOwnErrorsKeepTheirCode()
    {
        World world;
        world.server.answer("/header", 404,
                            json({{"error", QJsonObject{{"code", "not_found"}, {"message", "There is no block 9."}}}}));
        const auto block = QCoro::waitFor(world.client()->blockAt(9));
        QCOMPARE(block.error().code, ErrorCode::NotFound);
        QVERIFY(block.error().message.contains("There is no block 9."));
        world.server.answer("/header", 500, "oops");
        QCOMPARE(QCoro::waitFor(world.client()->blockAt(9)).error().code, ErrorCode::InvalidInput);
    }

    void administrationCarriesTheToken()
    {
        World world;
        world.server.answer("/hold", 200, "{}");
        world.server.answer("/rollback", 200, "{}");
        QVERIFY(world.hold().has_value());
        QCOMPARE(world.server.lastToken, "0123456789abcdef");
        QVERIFY(QCoro::waitFor(world.client()->rollbackTo({94, hashA})).has_value());
        QCOMPARE(world.server.requests.last(), QString("POST /rollback {\"hash\":\"%1\",\"height\":94}").arg(hashA));
    }

    void aTokenThatOthersCanReadIsRefused()
    {
        World world;
        world.secret =
            "file:" + world.write("open", "0123456789abcdef", QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
        QCOMPARE(world.hold().error().code, ErrorCode::PermissionDenied);
        QVERIFY(world.server.requests.isEmpty()); // it was not sent
    }

    void otherPlacesForTheToken()
    {
        World world;
        world.server.answer("/hold", 200, "{}");
        world.secret = "env:RC_TEST_TOKEN";
        qputenv("RC_TEST_TOKEN", "from the environment");
        QVERIFY(world.hold().has_value());
        QCOMPARE(world.server.lastToken, "from the environment");
        qunsetenv("RC_TEST_TOKEN");
        QCOMPARE(world.hold().error().code, ErrorCode::NotFound);
        world.secret = "keychain:node";
        QVERIFY(world.hold().error().message.contains("keychain:node"));
        world.secret = "file:/nowhere/token";
        QCOMPARE(world.hold().error().code, ErrorCode::NotFound);
        world.secret = "0123456789abcdef"; // the secret itself does not belong there, nor into a sentence
        QVERIFY(!world.hold().error().message.contains("0123456789abcdef"));
    }

    void aClientMayGoWhileItIsAsking()
    {
        World world;
        auto client = world.client();
        auto asking = client->head();
        client.reset();
        QVERIFY(QCoro::waitFor(std::move(asking)).has_value());
    }

    /// A proxy that answers ok to everything: what counts is what is read back.
    void aProxyThatSaysOkAndDoesNothingIsCaught()
    {
        World world;
        FakeServer peer;
        for (auto* server : {&world.server, &peer}) {
            server->answer("/health", 200, json(healthOf(100)));
            server->answer("/state_root", 200,
                           json({{"height", 94},
                                 {"block_hash", hashA},
                                 {"header_state_root", hashB},
                                 {"computed_state_root", hashB}}));
            server->answer("/header", 200, json({{"height", 94}, {"hash", hashA}, {"time_ms", 94'000}}));
            for (const QString& path : {QString("/hold"), QString("/release"), QString("/rollback")}) {
                server->answer(path, 200, json({{"from_height", 100}, {"to_height", 94}, {"blocks", 6}}));
            }
        }
        auto other = world.system();
        other.id = SystemId("validator-1");
        other.chain->endpoint = peer.url();
        const DataRecoveryService service(NetworkView(Inventory{{}, {world.system(), other}}));
        const auto result = QCoro::waitFor(service.recover({94, hashA}, {v3}, {}));
        QVERIFY(!result->success);
        QVERIFY2(result->message.contains("did not go back to 94"), qPrintable(result->message));
        QVERIFY(!world.server.requests.contains("POST /release {}"));
    }
};

QTEST_GUILESS_MAIN(TestProzchainClient)
#include "tst_prozchain_client.moc"
