// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

namespace rc::test {
namespace {

constexpr int CommandTimeout = 120'000;

void require(bool condition, const QByteArray& otherwise, const Where& at)
{
    if (!condition) {
        QTest::qFail(otherwise.constData(), at.file_name(), int(at.line()));
    }
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QByteArray Answer::describe() const
{
    return QString("recoveryctl %1\nexit %2\n--- standard output\n%3\n--- standard error\n%4")
        .arg(command)
        .arg(exit)
        .arg(QString::fromUtf8(out.left(4000)), QString::fromUtf8(err.left(4000)))
        .toUtf8();
}

int exitStatusOf(const QString& code)
{
    static const QList<std::pair<int, QStringList>> table{
        {2,
         {"invalid_input", "not_found", "unsupported_target_state", "unsupported_service_type",
          "unsupported_system_type", "target_invalid", "no_known_good"}},
        {4, {"invalid_step_index", "wrong_state", "conflict", "busy"}},
        {3, {"permission_denied", "wrong_secret", "not_signed_in", "not_reviewed"}},
        {5, {"unreachable", "timeout", "cancelled"}},
        {1, {"verification_failed", "store_error"}},
    };
    for (const auto& [exit, codes] : table) {
        if (codes.contains(code)) {
            return exit;
        }
    }
    return -1;
}

QJsonObject stepIn(const QJsonObject& plan, const QString& id)
{
    for (const QJsonValue step : plan["steps"].toArray()) {
        if (step["id"] == id) {
            return step.toObject();
        }
    }
    return {};
}

QString now()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

LabHome::LabHome()
{
    require(m_directory.isValid() && QDir().mkpath(path()), "There is no room for a home.", Where::current());
    QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

LabHome::~LabHome()
{
    m_environment = QProcessEnvironment::systemEnvironment();
    if (QFile::exists(path() + "/lab/lab.json") && !processes().isEmpty()) {
        ok({}, "lab down");
    }
    endSupervisor();
    if (QTest::currentTestFailed() && qEnvironmentVariableIsSet("RC_KEEP_HOMES")) {
        m_directory.setAutoRemove(false);
        qInfo("The home is kept in %s", qPrintable(path()));
    }
}

QString LabHome::write(const QString& name, const QByteArray& text, const Where& at)
{
    const QString path = QDir::isAbsolutePath(name) ? name : file(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    require(file.open(QIODevice::WriteOnly) && file.write(text) == text.size(), path.toUtf8() + " cannot be written",
            at);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return path;
}

void LabHome::writeProcedure(const QString& id, const QByteArray& text, const Where& at)
{
    write(path() + "/procedures/" + id + ".yaml", text, at);
}

void LabHome::addPerson(const QString& id, const QStringList& roles, const Where& at)
{
    write(passphraseFile(id), "the passphrase of " + id.toUtf8() + "\n", at);
    ok(m_people.value(0),
       QString("operator add %1 --name %1 --kdf-cost minimal --role %2 --new-passphrase-file %3")
           .arg(id, roles.join(" --role "), passphraseFile(id)),
       0, at);
    m_people.append(id);
}

void LabHome::addPeople()
{
    addPerson("olga", {"incident_commander", "protocol_lead", "node_operator"});
    addPerson("ben", {"protocol_lead", "security_analyst"});
    addPerson("nora", {"node_operator"});
    addPerson("otto", {"observer"});
}

QStringList LabHome::arguments(const QString& who, const QString& command) const
{
    QStringList arguments{"--home", path(), "--json"};
    if (!who.isEmpty()) {
        arguments += {"--as", who, "--passphrase-file", passphraseFile(who)};
    }
    return arguments + QProcess::splitCommand(command);
}

std::unique_ptr<QProcess> LabHome::start(const QString& who, const QString& command)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->start(RC_BIN_DIR "/recoveryctl", arguments(who, command));
    return process;
}

Answer LabHome::ask(const QString& who, const QString& command)
{
    const auto process = start(who, command);
    const bool ended = process->waitForFinished(CommandTimeout);
    if (!ended) {
        process->kill();
        process->waitForFinished();
    }
    const bool normal = ended && process->exitStatus() == QProcess::NormalExit;
    return {command, normal ? process->exitCode() : -1, process->readAllStandardOutput(),
            process->readAllStandardError()};
}

QJsonObject LabHome::ok(const QString& who, const QString& command, int exit, const Where& at)
{
    const auto answer = ask(who, command);
    const auto document = QJsonDocument::fromJson(answer.out);
    require(answer.exit == exit && !document.isNull() && answer.err.isEmpty(), answer.describe(), at);
    return document.isArray() ? QJsonObject{{"list", document.array()}} : document.object();
}

Answer LabHome::refused(const QString& who, const QString& command, const QString& code, const Where& at)
{
    auto answer = ask(who, command);
    require(answer.code() == code && answer.exit == exitStatusOf(code) && answer.out.isEmpty(),
            "expected to be refused with " + code.toUtf8() + ": " + answer.describe(), at);
    require(answer.sentence().size() > 10, "a refusal needs a sentence: " + answer.describe(), at);
    return answer;
}

QString LabHome::said(const QString& command, const Where& at)
{
    auto plain = arguments({}, command);
    plain.removeOne("--json");
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(RC_BIN_DIR "/recoveryctl", plain);
    process.waitForFinished(CommandTimeout);
    const auto text = process.readAllStandardOutput();
    require(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
            command.toUtf8() + ": " + text + process.readAllStandardError(), at);
    return QString::fromUtf8(text);
}

void LabHome::setEnvironment(const QString& name, const QString& value)
{
    if (value.isEmpty()) {
        m_environment.remove(name);
    } else {
        m_environment.insert(name, value);
    }
}

void LabHome::endSupervisor()
{
    const auto supervisors = processes().filter("recovery-supervisor");
    for (const auto& process : supervisors) {
        ::kill(pid_t(process.section(' ', 0, 0).toLongLong()), SIGTERM); // it ends its children first
    }
    const bool gone = QTest::qWaitFor([this] { return processes().isEmpty(); }, 20'000);
    require(gone, "left behind: " + processes().join("\n").toUtf8(), Where::current());
}

bool LabHome::up(const Where& at)
{
    const auto status = ok(m_people.value(0), QString("lab up --port-base %1").arg(portBase()), 0, at);
    return status["running"].toBool();
}

void LabHome::down(const Where& at)
{
    ok({}, "lab down", 0, at);
    const bool gone = QTest::qWaitFor([this] { return processes().isEmpty(); }, 10'000);
    require(gone, "left behind: " + processes().join("\n").toUtf8(), at);
}

QStringList LabHome::processes() const
{
    QStringList found;
    const auto entries = QDir("/proc").entryList(QDir::Dirs);
    for (const auto& entry : entries) {
        const QByteArray commandLine = contentOf("/proc/" + entry + "/cmdline").replace('\0', ' ');
        const QString directory = QFile::symLinkTarget("/proc/" + entry + "/cwd");
        if (entry.toLongLong() > 0 && (commandLine.contains(path().toUtf8()) || directory.startsWith(path()))) {
            found.append(entry + " " + QString::fromUtf8(commandLine));
        }
    }
    return found;
}

void LabHome::writeInventory(const Where& at)
{
    mendConfiguration();
    write(path() + "/inventory.yaml", R"(network: {name: paper, chain_id: paper-1, kind: practice}
systems:
  - id: validator-3
    type: service
    configuration: {directory: conf, files: [app.json]}
)",
          at);
    ok("olga", "system review", 0, at);
    ok("ben", "system config trust --all", 0, at);
}

QString LabHome::openIncident(const QString& system, const QString& since, const Where& at)
{
    const QString time = since.isEmpty() ? now() : since;
    return ok("olga",
              QString("incident open --type state_corruption --severity high --title \"%1 diverged\" --since %2 "
                      "--system %1")
                  .arg(system, time),
              0, at)["id"]
        .toString();
}

QJsonObject LabHome::plan(const QString& id, const Where& at)
{
    return ok({}, "plan show " + id, 0, at);
}

QJsonObject LabHome::step(const QString& planId, const QString& id, const Where& at)
{
    return stepIn(plan(planId, at), id);
}

QJsonObject LabHome::journalHead(const Where& at)
{
    return ok({}, "journal head", 0, at);
}

QJsonArray LabHome::records(const QString& kind, const Where& at)
{
    QJsonArray found;
    const auto all = ok({}, "journal list --limit 100000", 0, at)["list"].toArray();
    for (const QJsonValue record : all) {
        if (record["kind"] == kind) {
            found.append(record);
        }
    }
    return found;
}

void LabHome::verifyJournal(const Where& at)
{
    const auto verified = ok({}, "journal verify", 0, at);
    require(verified["ok"].toBool(), QJsonDocument(verified).toJson(), at);
}

} // namespace rc::test
