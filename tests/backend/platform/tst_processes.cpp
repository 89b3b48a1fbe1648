// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/child_processes.h"
#include "backend/platform/files.h"
#include "backend/platform/runtime_directory.h"
#include "tests/support/modes.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace rc;

class TestProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { becomeSubreaper(); }

    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_log = m_directory->filePath("log");
    }

    void cleanup()
    {
        if (m_child) {
            signalSession(*m_child, ProcessSignal::Kill);
            QTRY_VERIFY(!isSessionAlive(*m_child));
            m_child.reset();
        }
        std::ignore = reapChildren();
    }

    void thisProcessIsAlive()
    {
        const auto self = currentProcess();
        QCOMPARE(self.pid, qint64(::getpid()));
        QVERIFY(!self.startTime.isEmpty() && !self.bootId.isEmpty() && !self.host.isEmpty());
        QVERIFY(isAlive(self));
        QCOMPARE(ProcessIdentity::fromJson(self.toJson()), self);
    }

    void aReusedPidIsNotBelieved()
    {
        auto other = currentProcess();
        other.startTime = QString::number(other.startTime.toLongLong() - 1);
        QVERIFY(!isAlive(other));
        QVERIFY(!isSessionAlive(other));
        auto before = currentProcess();
        before.bootId = "3b1c7a52-0000-4000-8000-000000000000";
        QVERIFY(!isAlive(before));
        QVERIFY(!isAlive(ProcessIdentity{}));
        QVERIFY(!identify(0) && !identify(-1));
    }

    void aNameFullOfBracketsIsRead()
    {
        const auto odd = m_directory->filePath("a) R 1 (b");
        QVERIFY(QFile::copy("/bin/sleep", odd));
        start(odd, {"60"});
        QCOMPARE(identify(m_child->pid), m_child);
        QVERIFY(isAlive(*m_child));
    }

    void aZombieIsNotAlive()
    {
        start("true", {});
        QTRY_VERIFY(!isAlive(*m_child));
        QVERIFY(identify(m_child->pid)); // nobody has reaped it
        QVERIFY(!isSessionAlive(*m_child));
    }

    void aChildGetsWhatItsSpecSays()
    {
        QVERIFY(writeFileAtomically(m_log, "before\n"));
        const auto held = ::open("/dev/null", O_RDONLY); // not close-on-exec, as a careless library would
        const ChildSpec spec{.program = "sh",
                             .arguments = {"-c", "pwd; echo $WORD; read x || echo no input; ls -d /proc/$$/fd/$0 >&2",
                                           QString::number(held)},
                             .environment = {{"WORD", "two words"}},
                             .directory = m_directory->path(),
                             .log = m_log};
        QCOMPARE(ChildSpec::fromJson(spec.toJson()), spec);
        m_child = *startChild(spec);
        QTRY_VERIFY(!isAlive(*m_child));
        ::close(held);
        const auto said = *readFile(m_log);
        QVERIFY2(said.startsWith("before\n" + m_directory->path().toUtf8() + "\ntwo words\nno input\n"),
                 said.constData());
        QVERIFY2(said.contains("No such file or directory"), said.constData()); // the descriptor that was held here
    }

    void aChildHasASessionOfItsOwn()
    {
        start("sleep", {"60"});
        QCOMPARE(qint64(::getsid(static_cast<pid_t>(m_child->pid))), m_child->pid);
        QCOMPARE(qint64(::getpgid(static_cast<pid_t>(m_child->pid))), m_child->pid);
    }

    void whatCannotBeStartedIsSaid()
    {
        const auto errorOf = [&](const ChildSpec& spec) { return startChild(spec).error().code; };
        QCOMPARE(errorOf({.program = "/no/such/program", .directory = "/", .log = m_log}), ErrorCode::NotFound);
        QCOMPARE(errorOf({.program = "sleep", .directory = "/no/such", .log = m_log}), ErrorCode::NotFound);
        QCOMPARE(errorOf({.program = "sleep", .directory = "/", .log = "/no/such/log"}), ErrorCode::StoreError);
        const auto text = m_directory->filePath("text");
        QVERIFY(writeFileAtomically(text, "not a program", 0700));
        QCOMPARE(errorOf({.program = text, .directory = "/", .log = m_log}), ErrorCode::StoreError);
        QVERIFY(reapChildren().isEmpty());
    }

    void exitsAreTold()
    {
        ChildExitWatcher watcher;
        const QSignalSpy ended(&watcher, &ChildExitWatcher::childrenEnded);
        start("sh", {"-c", "exit 7"});
        QTRY_VERIFY(!ended.isEmpty());
        auto exit = nextExit();
        QCOMPARE(exit.pid, m_child->pid);
        QCOMPARE(exit.code, 7);
        QVERIFY(!exit.signal);

        start("sleep", {"60"});
        signalSession(*m_child, ProcessSignal::Kill);
        exit = nextExit();
        QCOMPARE(exit.signal, SIGKILL);
        QVERIFY(!exit.code);
    }

    void aSessionLivesAsLongAsAnyOfItsProcesses()
    {
        // the leader ends; what it left has a process group of its own
        start("bash", {"-c", "set -m; sleep 60 & echo $!"});
        QTRY_VERIFY(!isAlive(*m_child));
        const auto left = readFile(m_log)->trimmed().toInt();
        QVERIFY(left > 0 && ::getpgid(left) == left);
        std::ignore = reapChildren();
        QVERIFY(isSessionAlive(*m_child));
        signalSession(*m_child, ProcessSignal::Terminate);
        QTRY_VERIFY(!isSessionAlive(*m_child));
        QCOMPARE(nextExit().pid, qint64(left)); // the orphan came to us
    }

    void theRuntimeDirectoryIsShortAndPrivate()
    {
        const auto before = qgetenv("XDG_RUNTIME_DIR");
        qputenv("XDG_RUNTIME_DIR", m_directory->path().toUtf8());
        auto directory = runtimeDirectory();
        QVERIFY(directory && directory->startsWith(m_directory->path()));
        QCOMPARE(rc::test::modeOf(*directory), 0700);

        const auto deep = m_directory->filePath(QString(100, 'x'));
        QVERIFY(QDir().mkdir(deep));
        qputenv("XDG_RUNTIME_DIR", deep.toUtf8());
        directory = runtimeDirectory();
        QVERIFY(directory && directory->size() <= 60);
        qputenv("XDG_RUNTIME_DIR", before);
    }

private:
    static ChildExit nextExit()
    {
        QList<ChildExit> exits;
        const auto taken = QTest::qWaitFor([&] { return !(exits = reapChildren()).isEmpty(); });
        return taken ? exits.first() : ChildExit{};
    }

    void start(const QString& program, const QStringList& arguments)
    {
        m_child = *startChild({.program = program, .arguments = arguments, .directory = "/", .log = m_log});
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_log;
    std::optional<ProcessIdentity> m_child;
};

QTEST_GUILESS_MAIN(TestProcesses)
#include "tst_processes.moc"
