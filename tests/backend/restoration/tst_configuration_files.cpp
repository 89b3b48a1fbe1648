// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/files.h"
#include "backend/restoration/configuration_files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;

class TestConfigurationFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_place->path()).mkpath("etc/peers"));
        QVERIFY(QDir(m_place->path()).mkpath("outside"));
        put("etc/node.json", "node", 0640);
        put("etc/peers/a.json", "a");
        put("outside/secret", "not yours");
    }

    void contentHashSizeAndModeAreRead()
    {
        const auto content = readContent(etc(), "node.json");
        QVERIFY(content && *content);
        QCOMPARE((*content)->file, (ConfigurationFile{"node.json", sha256Hex("node"), 4, 0640}));
        QVERIFY(!*readContent(etc(), "none.json"));
        QCOMPARE(readContents(etc(), {"node.json", "none.json"}).error().code, ErrorCode::NotFound);
        QCOMPARE(manifestOf(etc(), {"node.json", "none.json"})->size(), 1);
    }

    void noPathLeavesTheDirectory_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : QStringList{"", ".", "..", "../outside/secret", "peers/../../outside/secret",
                                               "/etc/passwd", "link", "dangling", "door/secret"}) {
            QTest::newRow(qPrintable('\'' + path + '\'')) << path;
        }
    }
    void noPathLeavesTheDirectory()
    {
        QFETCH(QString, path);
        QVERIFY(QFile::link(m_place->filePath("outside/secret"), etc() + "/link"));
        QVERIFY(QFile::link("../outside", etc() + "/door"));
        QVERIFY(QFile::link("../outside/new", etc() + "/dangling"));
        QCOMPARE(placeOf(etc(), path).error().code, ErrorCode::InvalidInput);
        QCOMPARE(readContent(etc(), path).error().code, ErrorCode::InvalidInput);
        QCOMPARE(writeContent(etc(), {{path, {}, 0, 0600}, "mine"}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(tryReplacing(etc(), {path}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(*readFile(m_place->filePath("outside/secret")), QByteArray("not yours"));
        QVERIFY(!QFile::exists(m_place->filePath("outside/new")));
    }

    void aLinkInsideTheDirectoryIsFollowedAndStaysALink()
    {
        QVERIFY(QFile::link("node.json", etc() + "/current.json"));
        QVERIFY(writeContent(etc(), {{"current.json", {}, 0, 0600}, "new"}));
        QCOMPARE(*readFile(etc() + "/node.json"), QByteArray("new"));
        QVERIFY(QFileInfo(etc() + "/current.json").isSymbolicLink());
    }

    void aMissingDirectoryOnTheWayIsMade()
    {
        QVERIFY(tryReplacing(etc(), {"keys/new/a.key"}));
        QVERIFY(!QFile::exists(etc() + "/keys"));
        QVERIFY(writeContent(etc(), {{"keys/new/a.key", {}, 0, 0400}, "k"}));
        QCOMPARE((*readContent(etc(), "keys/new/a.key"))->file.mode, 0400);
    }

    void aTrialLeavesNothingBehind()
    {
        const auto before = QDir(etc()).entryList(QDir::AllEntries | QDir::Hidden);
        QVERIFY(tryReplacing(etc(), {"node.json", "peers/a.json"}));
        QCOMPARE(QDir(etc()).entryList(QDir::AllEntries | QDir::Hidden), before);
    }

    void whatIsNoFileIsRefused()
    {
        QCOMPARE(readContent(etc(), "peers").error().code, ErrorCode::InvalidInput);
        QCOMPARE(readContent(m_place->filePath("nowhere"), "node.json").error().code, ErrorCode::NotFound);
    }

private:
    [[nodiscard]] QString etc() const { return m_place->filePath("etc"); }
    void put(const QString& path, const QByteArray& bytes, int mode = 0600) const
    {
        QVERIFY(writeFileAtomically(m_place->filePath(path), bytes, mode));
    }

    std::unique_ptr<QTemporaryDir> m_place;
};

QTEST_GUILESS_MAIN(TestConfigurationFiles)
#include "tst_configuration_files.moc"
