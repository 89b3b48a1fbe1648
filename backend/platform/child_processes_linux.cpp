// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/child_processes.h"

#include "backend/platform/system_error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QProcessEnvironment>
#include <QStandardPaths>

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rc {

namespace {

/// A list of strings in the form exec wants: pointers, with a null at the end.
class StringVector
{
public:
    explicit StringVector(const QStringList& texts)
    {
        for (const auto& text : texts) {
            m_texts.append(QFile::encodeName(text));
        }
        for (auto& text : m_texts) {
            m_pointers.append(text.data());
        }
        m_pointers.append(nullptr);
    }

    [[nodiscard]] char* const* data() const { return m_pointers.constData(); }

private:
    QList<QByteArray> m_texts;
    QList<char*> m_pointers;
};

/// posix_spawn's attributes and file actions: a new session, default signals, three descriptors and no more.
class SpawnSetup
{
public:
    SpawnSetup(const QString& directory, int log, int errors)
    {
        ::posix_spawnattr_init(&m_attributes);
        ::posix_spawn_file_actions_init(&m_actions);
        sigset_t all;
        sigset_t none;
        ::sigfillset(&all);
        ::sigemptyset(&none);
        ::posix_spawnattr_setsigdefault(&m_attributes, &all);
        ::posix_spawnattr_setsigmask(&m_attributes, &none);
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
        ::posix_spawn_file_actions_adddup2(&m_actions, log, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&m_actions, errors, STDERR_FILENO);
        ::posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1);
        ::posix_spawn_file_actions_addchdir_np(&m_actions, QFile::encodeName(directory).constData());
    }
    ~SpawnSetup()
    {
        ::posix_spawn_file_actions_destroy(&m_actions);
        ::posix_spawnattr_destroy(&m_attributes);
    }
    Q_DISABLE_COPY_MOVE(SpawnSetup)

    [[nodiscard]] const posix_spawnattr_t* attributes() const { return &m_attributes; }
    [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &m_actions; }

private:
    posix_spawnattr_t m_attributes = {};
    posix_spawn_file_actions_t m_actions = {};
};

/// What a child gets of this process's environment; the rest may hold secrets of whoever started it.
bool isHandedOn(const QString& variable)
{
    static const QStringList names{"PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "XDG_RUNTIME_DIR", "TMPDIR"};
    return names.contains(variable) || variable.startsWith("LC_");
}

QStringList environmentOf(const ChildSpec& spec)
{
    const auto own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment environment;
    const auto variables = own.keys();
    for (const auto& variable : variables) {
        if (isHandedOn(variable)) {
            environment.insert(variable, own.value(variable));
        }
    }
    for (auto entry = spec.environment.begin(); entry != spec.environment.end(); ++entry) {
        environment.insert(entry.key(), entry.value());
    }
    return environment.toStringList();
}

Result<int> openLog(const QString& path)
{
    const int log = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (log < 0) {
        return failFromErrno(QString("Cannot open the log %1").arg(path), path);
    }
    return log;
}

QList<pid_t> allPids()
{
    QList<pid_t> pids;
    const auto entries = QDir("/proc").entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const auto& entry : entries) {
        bool isPid = false;
        const auto pid = entry.toInt(&isPid);
        if (isPid) {
            pids.append(pid);
        }
    }
    return pids;
}

/// Whether the process of this /proc/PID/ belongs to this user: root can read, and be deceived by, everybody's.
bool isOwn(const QString& process)
{
    struct stat entry = {};
    return ::stat(QFile::encodeName(process).constData(), &entry) == 0 && entry.st_uid == ::geteuid();
}

/// The living processes of a session.
struct SessionMembers
{
    QList<pid_t> pids;
    QList<pid_t> groups;
};

SessionMembers membersOf(const ProcessIdentity& leader)
{
    const auto now = identify(leader.pid);
    const auto self = currentProcess();
    SessionMembers members;
    if (leader.pid <= 1 || leader.bootId != self.bootId || (now && now->startTime != leader.startTime)) {
        return members; // another process has the pid by now, so the session is long gone
    }
    const auto pids = allPids();
    for (const auto pid : pids) {
        if (::getsid(pid) != leader.pid) {
            continue;
        }
        const auto identity = identify(pid);
        if (identity && isAlive(*identity)) {
            members.pids.append(pid);
            const auto group = ::getpgid(pid);
            if (group > 1 && !members.groups.contains(group)) {
                members.groups.append(group);
            }
        }
    }
    return members;
}

int numberOf(ProcessSignal signal)
{
    switch (signal) {
    case ProcessSignal::Terminate:
        return SIGTERM;
    case ProcessSignal::Kill:
        return SIGKILL;
    case ProcessSignal::Stop:
        return SIGSTOP;
    case ProcessSignal::Continue:
        return SIGCONT;
    }
    return 0;
}

} // namespace

QJsonObject ChildSpec::toJson() const
{
    QJsonObject variables;
    for (auto entry = environment.begin(); entry != environment.end(); ++entry) {
        variables[entry.key()] = entry.value();
    }
    return {{"program", program},
            {"arguments", QJsonArray::fromStringList(arguments)},
            {"environment", variables},
            {"directory", directory},
            {"log", log},
            {"errors", errors}};
}

ChildSpec ChildSpec::fromJson(const QJsonObject& object)
{
    ChildSpec spec{.program = object["program"].toString(),
                   .directory = object["directory"].toString(),
                   .log = object["log"].toString(),
                   .errors = object["errors"].toString()};
    const auto arguments = object["arguments"].toArray();
    for (const auto& argument : arguments) {
        spec.arguments.append(argument.toString());
    }
    const auto variables = object["environment"].toObject();
    for (auto entry = variables.begin(); entry != variables.end(); ++entry) {
        spec.environment[entry.key()] = entry.value().toString();
    }
    return spec;
}

Result<ProcessIdentity> startChild(const ChildSpec& spec)
{
    const auto program = QStandardPaths::findExecutable(spec.program);
    if (program.isEmpty()) {
        return fail(ErrorCode::NotFound, QString("There is no program %1 that could be run.").arg(spec.program));
    }
    if (!QFileInfo(spec.directory).isDir()) {
        return fail(ErrorCode::NotFound,
                    QString("There is no directory %1 to run %2 in.").arg(spec.directory, program));
    }
    const auto log = openLog(spec.log);
    if (!log) {
        return std::unexpected(log.error());
    }
    const auto errors = openLog(spec.errors.isEmpty() ? spec.log : spec.errors);
    if (!errors) {
        ::close(*log);
        return std::unexpected(errors.error());
    }
    const SpawnSetup setup(spec.directory, *log, *errors);
    const StringVector arguments(QStringList(program) + spec.arguments);
    const StringVector environment(environmentOf(spec));
    pid_t pid = 0;
    const int error = ::posix_spawn(&pid, QFile::encodeName(program).constData(), setup.actions(), setup.attributes(),
                                    arguments.data(), environment.data());
    ::close(*log);
    ::close(*errors);
    if (error != 0) {
        return fail(ErrorCode::StoreError,
                    QString("%1 could not be started: %2.").arg(program, qt_error_string(error)));
    }
    // Not reaped yet, so it is in /proc even if it has ended by now.
    return identify(pid).value_or(ProcessIdentity{});
}

QList<ChildExit> reapChildren()
{
    QList<ChildExit> exits;
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
        ChildExit exit{.pid = pid};
        if (WIFEXITED(status)) {
            exit.code = WEXITSTATUS(status);
        } else {
            exit.signal = WTERMSIG(status);
        }
        exits.append(exit);
    }
    return exits;
}

void becomeSubreaper()
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

bool isSessionAlive(const ProcessIdentity& leader)
{
    return isAlive(leader) || !membersOf(leader).pids.isEmpty();
}

void signalSession(const ProcessIdentity& leader, ProcessSignal signal)
{
    const auto groups = membersOf(leader).groups;
    for (const auto group : groups) {
        ::kill(-group, numberOf(signal));
    }
}

QList<MarkedSession> sessionsMarkedBy(const QString& variable)
{
    QList<MarkedSession> sessions;
    const auto wanted = QFile::encodeName(variable + "=");
    const auto pids = allPids();
    for (const auto pid : pids) {
        const auto process = QString("/proc/%1/").arg(pid);
        const auto leader = identify(pid);
        QFile environment(process + "environ");
        if (!leader || !isAlive(*leader) || ::getsid(pid) != pid || !isOwn(process) ||
            !environment.open(QIODevice::ReadOnly)) {
            continue;
        }
        const auto entries = environment.readAll().split('\0');
        const auto mark = std::ranges::find_if(entries, [&](const QByteArray& e) { return e.startsWith(wanted); });
        if (mark != entries.end()) {
            sessions.append({.leader = *leader,
                             .mark = QFile::decodeName(mark->mid(wanted.size())),
                             .program = QFile::symLinkTarget(process + "exe"),
                             .log = QFile::symLinkTarget(process + "fd/1")});
        }
    }
    return sessions;
}

QList<ProcessIdentity> markedOutside(const ProcessIdentity& leader, const QString& variable, const QString& value)
{
    QList<ProcessIdentity> processes;
    const auto wanted = QFile::encodeName(variable + "=" + value);
    const auto pids = allPids();
    for (const auto pid : pids) {
        const auto place = QString("/proc/%1/").arg(pid);
        const auto process = identify(pid);
        QFile environment(place + "environ");
        if (process && ::getsid(pid) != leader.pid && isAlive(*process) && isOwn(place) &&
            environment.open(QIODevice::ReadOnly) && environment.readAll().split('\0').contains(wanted)) {
            processes.append(*process);
        }
    }
    return processes;
}

void signalProcess(const ProcessIdentity& process, ProcessSignal signal)
{
    if (process.pid > 1 && isAlive(process)) {
        ::kill(static_cast<pid_t>(process.pid), numberOf(signal));
    }
}

void detachFromStarter()
{
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    ::umask(077);
}

ChildExitWatcher::ChildExitWatcher(QObject* parent)
    : QObject(parent)
    , m_watcher({SIGCHLD})
{
    connect(&m_watcher, &SignalWatcher::received, this, &ChildExitWatcher::childrenEnded);
}

} // namespace rc
