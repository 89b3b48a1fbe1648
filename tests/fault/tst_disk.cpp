// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/paper_procedure.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace rc::test;

namespace {

int run(const QString& program, const QStringList& arguments)
{
    return QProcess::execute(program, arguments);
}

/// A small file system of its own for a home: mounted here, which needs root, and unmounted at the end.
class SmallDisk
{
public:
    explicit SmallDisk(const QString& path)
        : m_path(path)
        , m_mounted(run("mount", {"-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", path}) == 0)
    {
    }
    ~SmallDisk()
    {
        if (m_mounted) {
            run("umount", {m_path});
        }
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool isMounted() const { return m_mounted; }
    /// Writes until nothing more fits.
    void fill() const
    {
        QFile file(m_path + "/ballast");
        if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
            for (const qint64 size : {1 << 16, 1 << 12, 1 << 8, 1}) {
                while (file.write(QByteArray(size, 'x')) == size) {
                }
            }
        }
    }
    void clear() const { QFile::remove(m_path + "/ballast"); }

private:
    QString m_path;
    bool m_mounted;
};

/// Somebody who is not root, so that modes count.
class Stranger
{
public:
    Stranger()
        : m_name(QString("rc-test-%1").arg(QCoreApplication::applicationPid()))
        , m_exists(run("useradd", {"--no-create-home", "--shell", "/bin/sh", m_name}) == 0)
    {
    }
    ~Stranger()
    {
        if (m_exists) {
            run("userdel", {m_name});
        }
    }
    Q_DISABLE_COPY_MOVE(Stranger)

    [[nodiscard]] bool exists() const { return m_exists; }
    [[nodiscard]] const QString& name() const { return m_name; }

private:
    QString m_name;
    bool m_exists;
};

} // namespace

/// A home that cannot be written: the right error, nothing half-written, and what was there stays readable.
class TestDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsAStoreError()
    {
        LabHome home;
        const SmallDisk disk(home.path());
        QVERIFY2(disk.isMounted(), "A test of a full disk needs to mount one; run it as root.");
        prepare(home);
        const auto plan = home.ok("olga", "plan start " + home.openIncident() + " paper")["id"].toString();
        disk.fill();
        const auto answer = home.refused("olga", "plan step " + plan + " look done --note x", "store_error");
        QVERIFY2(!answer.sentence().contains("unable to"), answer.describe());
        home.refused("olga", "incident open --type bad_upgrade --severity low --title x", "store_error");
        disk.clear();
        home.verifyJournal();
        QCOMPARE(home.step(plan, "look")["state"].toString(), "ready");
        home.ok("olga", "plan step " + plan + " look done --note x");
        home.verifyJournal();
    }

    void aDiskThatFillsUpLosesNothingAcknowledged()
    {
        LabHome home;
        const SmallDisk disk(home.path());
        QVERIFY2(disk.isMounted(), "A test of a full disk needs to mount one; run it as root.");
        prepare(home);
        const auto plan = home.ok("olga", "plan start " + home.openIncident() + " paper")["id"].toString();
        int noted = 0;
        Answer last;
        do {
            last = home.ask("olga", "plan note " + plan + " " + QString("n").repeated(120'000));
            noted += last.exit == 0 ? 1 : 0;
        } while (last.exit == 0 && noted < 200);
        QVERIFY2(last.code() == "store_error" && last.exit == 1, last.describe());
        QCOMPARE(home.plan(plan)["notes"].toArray().size(), noted);
        home.verifyJournal();
    }

    void aHomeThatMayNotBeWrittenCanBeRead()
    {
        LabHome home;
        const Stranger stranger;
        QVERIFY2(stranger.exists(), "A test of modes needs a user of its own; run it as root.");
        prepare(home);
        const auto plan = home.ok("olga", "plan start " + home.openIncident() + " paper")["id"].toString();
        const auto head = home.journalHead();
        // Everything belongs to the stranger, and may only be read.
        QCOMPARE(run("chown", {"-R", stranger.name(), QFileInfo(home.path()).path()}), 0);
        QCOMPARE(run("chmod", {"-R", "a-w", home.path()}), 0);
        const auto as = [&](const QString& command, const QString& who) {
            QStringList arguments{"--user", stranger.name(), "--",    RC_BIN_DIR "/recoveryctl",
                                  "--home", home.path(),     "--json"};
            if (!who.isEmpty()) {
                arguments += {"--as", who, "--passphrase-file", home.passphraseFile(who)};
            }
            QProcess process;
            process.start("runuser", arguments + QProcess::splitCommand(command));
            process.waitForFinished(60'000);
            return Answer{command, process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
        };
        for (const auto* const command : {"plan step PLAN look done --note x", "plan run PLAN",
                                          "incident open --type bad_upgrade --severity low --title x"}) {
            const auto answer = as(QString(QLatin1StringView(command)).replace("PLAN", plan), "olga");
            QVERIFY2(answer.exit == 1 && answer.code() == "store_error" && answer.out.isEmpty(), answer.describe());
            QVERIFY2(answer.sentence().size() > 10, answer.describe());
        }
        for (const auto* const command : {"plan show PLAN", "journal head", "journal verify", "incident list"}) {
            const auto answer = as(QString(QLatin1StringView(command)).replace("PLAN", plan), {});
            QVERIFY2(answer.exit == 0 && answer.err.isEmpty(), answer.describe());
        }
        QCOMPARE(run("chmod", {"-R", "u+w", home.path()}), 0);
        QCOMPARE(home.journalHead(), head);
    }

private:
    static void prepare(LabHome& home)
    {
        home.addPeople();
        home.writeInventory();
        home.writeProcedure("paper", paperProcedure());
        home.ok("ben", "procedure review paper");
    }
};

QTEST_GUILESS_MAIN(TestDisk)
#include "tst_disk.moc"
