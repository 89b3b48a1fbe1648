// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/platform/process_identity.h"
#include "backend/platform/signals.h"
#include "model/base/error.h"

#include <QList>
#include <QMap>
#include <QObject>
#include <QStringList>

/// Children that live in sessions of their own. A session is known by its leader, the process that was started; it
/// holds whatever the leader started in turn. Compiled for Linux.
namespace rc {

/// What to start, and how.
struct ChildSpec
{
    /// A path, or a name looked up in PATH.
    QString program = {};
    QStringList arguments = {};
    /// Added to what a child gets of this process's environment: PATH, HOME, USER, LOGNAME, LANG, LC_*, TZ,
    /// XDG_RUNTIME_DIR and TMPDIR.
    QMap<QString, QString> environment = {};
    /// The working directory; it must exist.
    QString directory = {};
    /// Standard output and error are appended here; made with mode 0600 if needed.
    QString log = {};
    /// Standard error is appended here instead, if it is not empty.
    QString errors = {};

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static ChildSpec fromJson(const QJsonObject& object);

    friend bool operator==(const ChildSpec&, const ChildSpec&) = default;
};

/// How a process ended.
struct ChildExit
{
    qint64 pid = 0;
    /// The exit code, if it exited.
    std::optional<int> code = {};
    /// The signal that ended it, otherwise.
    std::optional<int> signal = {};
};

enum class ProcessSignal {
    Terminate,
    Kill,
    Stop,
    Continue,
};
template <>
inline constexpr auto enumIds<ProcessSignal> = std::to_array<QLatin1StringView>({
    QLatin1StringView("term"),
    QLatin1StringView("kill"),
    QLatin1StringView("stop"),
    QLatin1StringView("cont"),
});

/// Starts the program as leader of a new session: standard input /dev/null, no other open file of this process, default
/// signal handling. NotFound if there is no such program or directory, StoreError if the log cannot be opened.
[[nodiscard]] Result<ProcessIdentity> startChild(const ChildSpec& spec);

/// Takes the exits of all children that have ended since the last call, orphans that came to this process included.
[[nodiscard]] QList<ChildExit> reapChildren();

/// Children of children that lose their parent become children of this process, and so can be reaped.
void becomeSubreaper();

/// True while any process of the leader's session is alive, the leader or others. Zombies are not alive.
[[nodiscard]] bool isSessionAlive(const ProcessIdentity& leader);

/// Sends the signal to the leader's process group and to all other groups of its session.
void signalSession(const ProcessIdentity& leader, ProcessSignal signal);

/// A living session leader that has a certain variable in its environment.
struct MarkedSession
{
    ProcessIdentity leader = {};
    /// The value of the variable.
    QString mark = {};
    QString program = {};
    /// The file that its standard output goes to.
    QString log = {};
};

/// The sessions of this user that were started with the variable set: finds a child whose starter died before it could
/// write down the pid.
[[nodiscard]] QList<MarkedSession> sessionsMarkedBy(const QString& variable);

/// The living processes of this user that were started with the variable at this value and are not in the leader's
/// session: what a child has started in turn, and has left it. One that was given an environment of its own is not
/// among them.
[[nodiscard]] QList<ProcessIdentity> markedOutside(const ProcessIdentity& leader, const QString& variable,
                                                   const QString& value);

/// Sends the signal to this process, if it is still the same one.
void signalProcess(const ProcessIdentity& process, ProcessSignal signal);

/// For a daemon, first thing in main(): closes whatever the starter left open beyond standard input, output and error,
/// and keeps new files private to the user.
void detachFromStarter();

/// Tells when children have ended; then reapChildren() has something to say.
class ChildExitWatcher : public QObject
{
    Q_OBJECT

public:
    explicit ChildExitWatcher(QObject* parent = nullptr);

Q_SIGNALS:
    void childrenEnded();

private:
    SignalWatcher m_watcher;
};

} // namespace rc
