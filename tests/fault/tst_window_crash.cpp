// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/counts.h"
#include "tests/support/lab_home.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace rc::test;

namespace {

/// The last thing a drill says.
constexpr QLatin1StringView End("the journal proves it");
/// A drill takes some twenty seconds.
constexpr int Longest = 20'000;

} // namespace

/// The window dies by SIGKILL at any moment of the drill, with what it was running, and another one is opened at the
/// same home: it shows the plan that was interrupted, and people carry it to its end.
class TestWindowCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDrillIsCarriedToItsEnd()
    {
        const int kills = countOf("window_kills");
        QVERIFY(kills > 0);
        // Printed with a failure, so that the same moments can be tried again.
        const quint32 seed = QRandomGenerator::system()->generate();
        qInfo("seed %u", seed);
        m_random.seed(seed);
        for (int done = 0; done < kills;) {
            done += drill(std::min(kills - done, 4));
            if (QTest::currentTestFailed()) {
                return;
            }
        }
    }

private:
    /// One home, from nothing to the declared end, with at most so many deaths on the way; answers how many there were.
    int drill(int deaths)
    {
        LabHome home;
        int died = 0;
        QJsonObject head;
        while (true) {
            QProcess window;
            begin(window, home);
            const bool spare = died >= deaths;
            const auto moment = int(m_random.bounded(Longest / (deaths > 1 ? 2 : 1)));
            QByteArray said;
            const bool ended = ends(window, spare ? 240'000 : moment, said);
            if (ended || said.contains(End.data())) {
                window.waitForFinished(120'000);
                const auto error = window.readAllStandardError();
                [&] { QVERIFY2(window.exitCode() == 0 && said.contains(End.data()), said + error); }();
                return died;
            }
            if (spare) {
                window.kill();
                window.waitForFinished();
                [&] { QFAIL("The drill does not come to its end:\n" + said + window.readAllStandardError()); }();
                return died;
            }
            ::kill(pid_t(window.processId()), SIGKILL);
            window.waitForFinished();
            ++died;
            qInfo("killed after %d ms, having said: %s", moment, said.trimmed().split('\n').last().constData());
            checkNothingIsLost(home, head);
        }
    }

    void begin(QProcess& window, LabHome& home)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        environment.insert("QT_QUICK_BACKEND", "software");
        environment.insert("XDG_RUNTIME_DIR", home.path());
        window.setProcessEnvironment(environment);
        window.start(RC_BIN_DIR "/window_drill",
                     {home.path(), home.file("shots"), QString::number(m_ports.portBase()), "--resume"});
        QVERIFY(window.waitForStarted());
    }

    /// Reads what it says until it ends, or so many milliseconds are over.
    static bool ends(QProcess& window, int milliseconds, QByteArray& said)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < milliseconds && !said.contains(End.data())) {
            if (window.waitForFinished(50)) {
                said += window.readAllStandardOutput();
                return true;
            }
            said += window.readAllStandardOutput();
        }
        return false;
    }

    /// What the store had it still has, and it is sound.
    static void checkNothingIsLost(LabHome& home, QJsonObject& head)
    {
        if (!QFile::exists(home.path() + "/store.db")) {
            return;
        }
        const auto verified = home.ask({}, "journal verify");
        if (verified.code() == "not_found") {
            return; // made, and nothing written yet
        }
        QVERIFY2(verified.exit == 0, verified.describe());
        if (!head.isEmpty()) {
            const auto same = home.ok({}, QString("journal list --from %1 --limit 1").arg(head["records"].toInteger()));
            QCOMPARE(same["list"].toArray().first()["hash"], head["head_hash"]);
        }
        head = home.journalHead();
        QVERIFY(head["records"].toInteger() > 0);
    }

    QRandomGenerator m_random;
    /// Keeps the ports for as long as the test runs.
    LabHome m_ports;
};

QTEST_GUILESS_MAIN(TestWindowCrash)
#include "tst_window_crash.moc"
