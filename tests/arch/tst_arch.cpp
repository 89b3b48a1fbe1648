// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/arch/rules.h"

#include <QRegularExpression>
#include <QTest>

using namespace rc::arch;

namespace {

const QString Licence = "// SPDX-License-Identifier: GPL-3.0-or-later\n";

/// A small tree in which nothing is wrong.
SourceTree goodTree()
{
    return {
        {"model/plan/plan.h", Licence + "#include \"model/base/json.h\"\n#include <QString>\n#include <vector>\n"},
        {"backend/journal/journal.cpp", Licence +
                                            "#include \"model/plan/plan.h\"\n#include \"backend/platform/files.h\"\n"
                                            "// QEventLoop is what nobody wants\n"
                                            "auto x = co_await qCoro(socket)\n    .waitForConnected(5s);\n"},
        {"backend/platform/files_linux.cpp", Licence + "#include <unistd.h>\n#include <sys/stat.h>\n"},
        {"backend/services/systemd.cpp", Licence + "#include <QDBusConnection>\nconst auto s = \"app.exec()\";\n"},
        {"ui/plan_view_model.cpp",
         Licence + "#include \"backend/recovery/recovery_service.h\"\n#include \"plan.moc\"\n"},
        {"qml/pages/Plan.qml", Licence + "Item { property int step: 0; color: flat ? \"transparent\" : Theme.line }\n"},
        {"qml/theme/Theme.qml", Licence + "QtObject { readonly property color line: \"#d6dbe0\" }\n"},
        {"app/console/main.cpp", Licence + "#include \"ui/plan_view_model.h\"\nreturn app.exec();\n"},
        {"tests/e2e/tst_use.cpp", Licence + "#include \"app/ctl/commands.h\"\n#include <unistd.h>\n"},
        {"packaging/release.sh", "#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n"},
        {"CMakeLists.txt", "# SPDX-License-Identifier: GPL-3.0-or-later\n"},
    };
}

/// The same with one file more.
SourceTree with(const QString& path, const QString& text)
{
    return goodTree() + SourceTree{{path, Licence + text}};
}

QStringList allComplaints(const SourceTree& tree)
{
    return includesThatPointBack(tree) + foreignHeadersInModel(tree) + cyclesInBackend(tree) +
           platformHeaders(tree, {}) + dbusOutsideServices(tree) + blockingWaits(tree) + untypedQml(tree) +
           coloursOutsideTheTheme(tree) + filesWithoutLicence(tree) + longFiles(tree);
}

/// The folders of docs/architecture.md.
const QStringList Page{"model",
                       "backend/base",
                       "backend/platform",
                       "backend/journal",
                       "backend/identity",
                       "backend/documents",
                       "backend/recovery",
                       "backend/restoration",
                       "backend/chain",
                       "backend/prozchain",
                       "backend/services",
                       "backend/health",
                       "backend/desk",
                       "ui",
                       "ui/base",
                       "ui/console",
                       "ui/graph",
                       "ui/report",
                       "ui/words",
                       "qml",
                       "qml/theme",
                       "qml/controls",
                       "qml/components",
                       "qml/pages",
                       "qml/wall",
                       "app/console",
                       "app/ctl",
                       "app/supervisor",
                       "app/report",
                       "app/lab",
                       "app/report",
                       "resources",
                       "packaging",
                       "tests/support",
                       "tests/model",
                       "tests/backend",
                       "tests/ui",
                       "tests/qml",
                       "tests/e2e",
                       "tests/fault",
                       "tests/bench",
                       "tests/arch"};

/// Those that are still to come; the list only gets shorter.
const QStringList NotYet{};

/// Files outside backend/platform that may include a platform's headers, each with its reason.
const QHash<QString, QString> PlatformExceptions{};

} // namespace

/// The rules of the architecture page, checked in the sources; and the checks themselves, in small bad trees.
class TestArchitecture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theHouseKeepsItsRules_data()
    {
        QTest::addColumn<QStringList>("complaints");
        const auto tree = readTree(RC_SOURCE_DIR);
        QVERIFY2(tree.size() > 100, "the sources were not found");
        QTest::newRow("nothing points back") << includesThatPointBack(tree);
        QTest::newRow("the model knows only Qt Core") << foreignHeadersInModel(tree);
        QTest::newRow("no circles in the backend") << cyclesInBackend(tree);
        QTest::newRow("platforms in their place") << platformHeaders(tree, PlatformExceptions);
        QTest::newRow("D-Bus in its place") << dbusOutsideServices(tree);
        QTest::newRow("no blocking waits") << blockingWaits(tree);
        QTest::newRow("no untyped QML") << untypedQml(tree);
        QTest::newRow("colours in the theme") << coloursOutsideTheTheme(tree);
        QTest::newRow("licences") << filesWithoutLicence(tree);
        QTest::newRow("file lengths") << longFiles(tree);
        QTest::newRow("folders") << foldersOffThePage(tree, Page, NotYet);
    }

    void theHouseKeepsItsRules()
    {
        QFETCH(QStringList, complaints);
        QVERIFY2(complaints.isEmpty(), qPrintable("\n" + complaints.join("\n")));
    }

    void theArchitecturePageNamesEveryFolder()
    {
        QFile file(RC_SOURCE_DIR "/docs/architecture.md");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = QString::fromUtf8(file.readAll());
        for (const auto& folder : Page) {
            QVERIFY2(text.contains("`" + folder + "/`"), qPrintable(folder));
        }
    }

    /// "From the seed's names to ours": rows of `| seed | `Name` | `header` |`.
    void theArchitecturePageNamesWhatIsThere()
    {
        QFile page(RC_SOURCE_DIR "/docs/architecture.md");
        QVERIFY(page.open(QIODevice::ReadOnly));
        static const QRegularExpression row(R"(^\| .+ \| `(\w+)` \| `([\w/]+\.h)` \|$)",
                                            QRegularExpression::MultilineOption);
        qsizetype rows = 0;
        for (auto it = row.globalMatch(QString::fromUtf8(page.readAll())); it.hasNext(); ++rows) {
            const auto match = it.next();
            QFile header(RC_SOURCE_DIR "/" + match.captured(2));
            QVERIFY2(header.open(QIODevice::ReadOnly), qPrintable(match.captured(2)));
            const SourceFile file{match.captured(2), QString::fromUtf8(header.readAll())};
            const QRegularExpression declared(
                QString(R"(\b(class|struct|using)\s+%1\b|\b%1\s*[({])").arg(match.captured(1)));
            QVERIFY2(file.code().contains(declared), qPrintable(match.captured(0)));
        }
        QVERIFY2(rows > 70, qPrintable(QString("only %1 rows were found").arg(rows)));
    }

    // --- the checks themselves

    void aGoodTreeGivesNoComplaint() { QCOMPARE(allComplaints(goodTree()), QStringList()); }

    void aBadFileIsFound_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        const auto bad = [](const char* name, const QString& path, const QString& text) {
            QTest::newRow(name) << path << text;
        };
        bad("model includes backend", "model/a.h", "#include \"backend/journal/journal.h\"\n");
        bad("backend includes app in brackets", "backend/chain/a.cpp", "#  include <app/ctl/commands.h>\n");
        bad("backend includes ui", "backend/chain/a.cpp", "#include \"ui/plan_view_model.h\"\n");
        bad("ui includes app", "ui/a.cpp", "#include \"app/ctl/commands.h\"\n");
        bad("ui includes qml", "ui/a.cpp", "#include \"qml/a.h\"\n");
        bad("product includes a test", "backend/chain/a.cpp", "#include \"tests/support/plan_run.h\"\n");
        bad("an include from its own folder", "backend/chain/a.cpp", "#include \"chain.h\"\n");
        bad("model includes another Qt module", "model/a.h", "#include <QTcpSocket>\n");
        bad("model includes QtNetwork by folder", "model/a.h", "#include <QtNetwork/QTcpSocket>\n");
        bad("model includes a library", "model/a.h", "#include <sodium.h>\n");
        bad("a platform header in the backend", "backend/journal/a.cpp", "#include <unistd.h>\n");
        bad("a platform header in a program", "app/lab/a.cpp", "#include <sys/wait.h>\n");
        bad("Windows in the interface", "ui/a.cpp", "#include <Windows.h>\n");
        bad("D-Bus in health", "backend/health/a.cpp", "#include <QDBusInterface>\n");
        bad("a nested loop", "backend/chain/a.cpp", "QEventLoop loop;\n");
        bad("an exec", "ui/a.cpp", "dialog.exec();\n");
        bad("a blocking wait in a program", "app/supervisor/a.cpp", "process.waitForFinished(-1);\n");
        bad("a sleep in a program", "app/supervisor/a.cpp", "QThread::msleep(10);\n");
        bad("a coroutine waited for", "backend/chain/a.cpp", "auto x = QCoro::waitFor(task());\n");
        bad("a blocking wait", "backend/chain/a.cpp", "qCoro(other); process.waitForFinished(100);\n");
        bad("a blocking wait by pointer", "backend/chain/a.cpp", "reply->waitForReadyRead ();\n");
        bad("a sleep", "backend/chain/a.cpp", "std::this_thread::sleep_for(1s);\n");
        bad("events pumped by hand", "ui/a.cpp", "QCoreApplication::processEvents();\n");
        bad("a context property", "app/console/a.cpp", "context->setContextProperty(\"plan\", &plan);\n");
        bad("an untyped property", "qml/pages/A.qml", "Item { property  var plan }\n");
        bad("a colour by its digits", "qml/pages/A.qml", "Item { readonly property color ink: \"#ffffff\" }\n");
        bad("a colour with its opacity", "qml/wall/A.qml", "Rectangle { color: \"#80000000\" }\n");
        bad("a colour by its name", "qml/pages/A.qml", "Rectangle { color: \"white\" }\n");
        bad("one of two colours", "qml/pages/A.qml", "Rectangle { border.color: on ? Theme.line : \"red\" }\n");
        bad("a colour by a function", "qml/pages/A.qml", "Rectangle { color: Qt.darker(Theme.line) }\n");
        bad("a long C++ file", "backend/chain/a.cpp", QString("\n").repeated(601));
        bad("a long QML file", "qml/pages/A.qml", QString("\n").repeated(351));
    }

    void aBadFileIsFound()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        const auto complaints = allComplaints(with(path, text));
        QCOMPARE(complaints.size(), 1);
        QVERIFY(complaints.first().startsWith(path + ": "));
    }

    void whatOnlyLooksBadIsNot_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("in a comment") << "// process.waitForFinished();\n/* QEventLoop\n #include <unistd.h> */\n";
        QTest::newRow("in a string")
            << "auto s = \"QEventLoop \\\" .exec() // x\"; auto c = '\"'; auto t = \"sleep_for(\";\n";
        QTest::newRow("in a raw string") << "auto s = R\"x(QEventLoop \" .exec())x\";\n";
        QTest::newRow("after a number") << "int n = 1'000'000; // setContextProperty\n";
        QTest::newRow("an awaited wait") << "auto waiting = qCoro(reply.get()).waitForFinished(limit);\n";
        QTest::newRow("a name of our own") << "auto waiting = waitForHeight(node);\n";
    }

    void whatOnlyLooksBadIsNot()
    {
        QFETCH(QString, text);
        QCOMPARE(allComplaints(with("backend/chain/a.cpp", text)), QStringList());
    }

    void aWordBesideAColourIsNone()
    {
        const auto tree = with("qml/pages/A.qml", "Rectangle {\n    color: kind === \"red\" ? Theme.line : Theme.text\n"
                                                  "    // color: \"white\"\n    text: \"blue\"\n}\n");
        QCOMPARE(allComplaints(tree), QStringList());
    }

    void aCycleIsToldWithItsIncludes()
    {
        const SourceTree tree{{"backend/a/a.h", "#include \"backend/b/b.h\"\n#include \"backend/d/d.h\"\n"},
                              {"backend/b/b.h", "#include \"backend/c/c.h\"\n"},
                              {"backend/c/c.h", "#include \"backend/a/a.h\"\n#include \"backend/c/d.h\"\n"}};
        const auto complaints = cyclesInBackend(tree);
        QCOMPARE(complaints.size(), 1);
        for (const auto& part :
             QStringList{"backend/a/a.h includes backend/b/b.h", "backend/b/b.h includes backend/c/c.h",
                         "backend/c/c.h includes backend/a/a.h"}) {
            QVERIFY2(complaints.first().contains(part), qPrintable(complaints.first()));
        }
        QVERIFY(!complaints.first().contains("backend/d"));
    }

    void anExceptionWithItsReasonIsAllowed()
    {
        const auto tree = with("app/lab/a.cpp", "#include <unistd.h>\n");
        QCOMPARE(platformHeaders(tree, {}).size(), 1);
        QCOMPARE(platformHeaders(tree, {{"app/lab/a.cpp", "it plays the operating system"}}).size(), 0);
    }

    void everyExceptionHasAReasonAndAFile()
    {
        for (auto it = PlatformExceptions.begin(); it != PlatformExceptions.end(); ++it) {
            QVERIFY2(QFile::exists(RC_SOURCE_DIR "/" + it.key()), qPrintable(it.key()));
            QVERIFY2(it.value().size() > 20, qPrintable(it.key()));
        }
    }

    void aFileWithoutLicenceIsFound_data()
    {
        QTest::addColumn<QString>("path");
        for (const auto* path : {"model/a.h", "backend/chain/a.cpp", "qml/A.qml", "app/lab/CMakeLists.txt",
                                 "resources/procedures/a.yaml", "packaging/a.sh", "packaging/cmake/a.cmake"}) {
            QTest::newRow(path) << QString::fromLatin1(path);
        }
    }

    void aFileWithoutLicenceIsFound()
    {
        QFETCH(QString, path);
        QCOMPARE(filesWithoutLicence({{path, "\n\n// SPDX-License-Identifier: GPL-3.0-or-later\n"}}).size(), 1);
    }

    void foldersAreThoseOfThePage()
    {
        const SourceTree tree{{"backend/journal/journal.h", {}}, {"backend/CMakeLists.txt", {}}, {"ui/a.cpp", {}}};
        QCOMPARE(foldersOffThePage(tree, {"backend/journal", "ui"}, {}), QStringList());
        QCOMPARE(foldersOffThePage(tree, {"backend/journal", "ui", "qml"}, {"qml"}), QStringList());
        QCOMPARE(foldersOffThePage(tree, {"backend/journal", "ui"}, {"ui"}).size(), 1);      // no longer to come
        QCOMPARE(foldersOffThePage(tree, {"ui"}, {}).size(), 1);                             // unknown
        QCOMPARE(foldersOffThePage(tree, {"backend/journal", "ui", "model"}, {}).size(), 1); // missing
    }
};

QTEST_GUILESS_MAIN(TestArchitecture)
#include "tst_arch.moc"
