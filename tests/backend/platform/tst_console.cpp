// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QTest>

#include <csignal>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static constexpr char steps[] = RC_BIN_DIR "/platform_steps";

/// platform_steps on a terminal of its own, and somebody at its keyboard.
class Terminal
{
public:
    explicit Terminal(const char* step)
    {
        m_pid = ::forkpty(&m_keyboard, nullptr, nullptr, nullptr);
        if (m_pid == 0) {
            ::execl(steps, steps, step, nullptr);
            ::_exit(127);
        }
    }
    ~Terminal()
    {
        ::close(m_keyboard);
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    void type(const QByteArray& keys) const
    {
        QCOMPARE(::write(m_keyboard, keys.constData(), static_cast<size_t>(keys.size())), keys.size());
    }

    /// What is on the screen once the text is there, or once there will be no more.
    QByteArray screenWith(const QByteArray& text)
    {
        QByteArray chunk(256, '\0');
        while (!m_screen.contains(text)) {
            const auto length = ::read(m_keyboard, chunk.data(), static_cast<size_t>(chunk.size()));
            if (length <= 0) {
                break;
            }
            m_screen += chunk.left(static_cast<qsizetype>(length));
        }
        return m_screen;
    }

    /// Asks the program to end.
    void end() const { ::kill(m_pid, SIGTERM); }

    [[nodiscard]] bool echoes() const
    {
        termios settings = {};
        return ::tcgetattr(m_keyboard, &settings) == 0 && (settings.c_lflag & ECHO) != 0;
    }

private:
    int m_keyboard = -1;
    pid_t m_pid = -1;
    QByteArray m_screen;
};

class TestConsole : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPassphraseIsReadWithoutEcho()
    {
        Terminal terminal("passphrase");
        QVERIFY(terminal.screenWith("Passphrase: ").contains("Passphrase: "));
        terminal.type("horse battery\n");
        const auto screen = terminal.screenWith("length 13\r\n");
        QVERIFY2(screen.contains("length 13\r\n"), screen.constData());
        QVERIFY2(!screen.contains("horse"), screen.constData());
    }

    void aQuestionIsAnsweredInTheOpen()
    {
        Terminal terminal("question");
        terminal.screenWith("Really? ");
        terminal.type("yes \n");
        const auto screen = terminal.screenWith("answered 'yes'");
        QVERIFY2(screen.contains("answered 'yes'") && screen.contains("Really? yes"), screen.constData());
    }

    void ctrlCAndCtrlDCancelAQuestion()
    {
        for (const auto* key : {"half\x03", "\x04"}) {
            Terminal terminal("question");
            terminal.screenWith("Really? ");
            terminal.type(key);
            const auto screen = terminal.screenWith("cancelled: ");
            QVERIFY2(screen.contains("cancelled: "), screen.constData());
        }
    }

    void ctrlCAndCtrlDCancelThePassphrase()
    {
        for (const auto* key : {"half\x03", "\x04"}) {
            Terminal terminal("passphrase");
            terminal.screenWith("Passphrase: ");
            terminal.type(key);
            const auto screen = terminal.screenWith("cancelled: ");
            QVERIFY2(screen.contains("cancelled: "), screen.constData());
        }
    }

    void aSignalToEndCancelsThePassphraseAndTheEchoIsBack()
    {
        Terminal terminal("passphrase");
        terminal.screenWith("Passphrase: ");
        QVERIFY(!terminal.echoes());
        terminal.end();
        const auto screen = terminal.screenWith("cancelled: ");
        QVERIFY2(screen.contains("cancelled: "), screen.constData());
        QVERIFY(terminal.echoes());
    }

    void withoutATerminalThereIsAHint()
    {
        QProcess process;
        process.start("setsid", {"--wait", steps, "passphrase"});
        QVERIFY(process.waitForFinished());
        const auto said = process.readAllStandardOutput();
        QVERIFY2(said.startsWith("invalid_input: ") && said.contains("file"), said.constData());
    }

    void interruptsAreCounted()
    {
        QProcess process;
        process.start(steps, {"interrupts"});
        QTRY_VERIFY(process.canReadLine());
        QCOMPARE(process.readLine(), QByteArray("ready\n"));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QTRY_VERIFY(process.canReadLine());
        QCOMPARE(process.readLine(), QByteArray("interrupt 1\n"));
        ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
        QTRY_VERIFY(process.canReadLine());
        QCOMPARE(process.readLine(), QByteArray("interrupt 2\n"));
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    }

    void aFailpointKillsAtTheNamedHit_data()
    {
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("first") << QByteArray("here") << QByteArray();
        QTest::newRow("third") << QByteArray("here:3") << QByteArray("1\n2\n");
        QTest::newRow("another name") << QByteArray("her") << QByteArray("1\n2\n3\n4\n");
        QTest::newRow("none") << QByteArray() << QByteArray("1\n2\n3\n4\n");
    }

    void aFailpointKillsAtTheNamedHit()
    {
#ifndef RC_FAILPOINTS
        QFAIL("This test needs a build with failpoints.");
#endif
        QFETCH(const QByteArray, wanted);
        QFETCH(const QByteArray, said);
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("RC_FAILPOINT", QString::fromLatin1(wanted));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(steps, {"failpoint", "here", "4"});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardOutput(), said);
        QCOMPARE(process.exitStatus(), said.endsWith("4\n") ? QProcess::NormalExit : QProcess::CrashExit);
    }
};

QTEST_GUILESS_MAIN(TestConsole)
#include "tst_console.moc"
