// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervisor/child_table.h"

#include "backend/base/clock.h"
#include "backend/platform/failpoint.h"
#include "backend/platform/files.h"

#include <QCoroTimer>

#include <QDeadlineTimer>
#include <QSet>
#include <QUuid>

namespace rc {

namespace {

/// In the environment of every child: the file of the table, '#', the id, '#', the run.
constexpr char markVariable[] = "RC_SUPERVISED_CHILD";
constexpr Milliseconds pollInterval{20};
constexpr Milliseconds adoptedInterval{250};
constexpr Milliseconds killPatience{5000};

std::unexpected<Error> unknownChild(const QString& id)
{
    return fail(ErrorCode::NotFound, QString("The supervisor has no child %1.").arg(id));
}

} // namespace

ChildTable::ChildTable(QString file)
    : m_file(std::move(file))
{
    connect(&m_exitWatcher, &ChildExitWatcher::childrenEnded, this, &ChildTable::refresh);
    connect(&m_adoptedTimer, &QTimer::timeout, this, &ChildTable::refresh);
    m_adoptedTimer.setInterval(adoptedInterval);
}

Result<std::unique_ptr<ChildTable>> ChildTable::open(const QString& file)
{
    std::unique_ptr<ChildTable> table(new ChildTable(file));
    const auto bytes = readFile(file);
    if (!bytes && bytes.error().code != ErrorCode::NotFound) {
        return std::unexpected(bytes.error());
    }
    const auto document = QJsonDocument::fromJson(bytes.value_or("{}"));
    if (!document.isObject()) {
        return fail(ErrorCode::StoreError, QString("%1 is damaged; move it away to start with no children.").arg(file));
    }
    const auto children = document["children"].toArray();
    for (const auto& entry : children) {
        const auto child = ChildRecord::fromJson(entry.toObject());
        table->m_children[child.id] = child;
        if (child.state == ChildState::Running) {
            table->m_adopted.insert(child.id);
        }
    }
    table->adoptUnrecorded();
    table->m_adoptedTimer.start();
    table->refresh();
    return table;
}

void ChildTable::adoptUnrecorded()
{
    auto sessions = sessionsMarkedBy(markVariable);
    // The leader that was started, before what it started in turn.
    std::ranges::sort(sessions, {}, [](const MarkedSession& session) { return session.leader.startTime.toLongLong(); });
    for (const auto& session : sessions) {
        const auto mark = session.mark.mid(markPrefix().size());
        const auto id = mark.section('#', 0, -2);
        const auto run = mark.section('#', -1);
        const auto known = m_children.value(id);
        const bool ours = session.mark.startsWith(markPrefix());
        if (!ours || known.run == run || isAlive(known.process)) {
            continue;
        }
        m_children[id] = {.id = id,
                          .program = session.program,
                          .log = session.log,
                          .run = run,
                          .process = session.leader,
                          .startedAt = systemTime()};
        m_adopted.insert(id);
    }
}

QString ChildTable::markPrefix() const
{
    return m_file + "#";
}

Status ChildTable::save() const
{
    QJsonArray children;
    for (const auto& child : m_children) {
        children.append(child.toJson());
    }
    return writeFileAtomically(m_file, QJsonDocument(QJsonObject{{"children", children}}).toJson());
}

void ChildTable::markExited(ChildRecord& child, const ChildExit& exit)
{
    child.state = ChildState::Exited;
    child.exitCode = exit.code;
    child.exitSignal = exit.signal;
    child.endedAt = systemTime();
    m_adopted.remove(child.id);
}

void ChildTable::refresh()
{
    const auto before = m_children;
    const auto exits = reapChildren();
    for (auto& child : m_children) {
        if (child.state == ChildState::Exited) {
            continue;
        }
        const auto exit = std::ranges::find_if(exits, [&](const ChildExit& e) { return e.pid == child.process.pid; });
        if (exit != exits.end()) {
            markExited(child, *exit);
        } else if (m_adopted.contains(child.id) && !isAlive(child.process)) {
            markExited(child, {.pid = child.process.pid});
        }
    }
    if (m_adopted.isEmpty()) {
        m_adoptedTimer.stop();
    }
    if (m_children != before) {
        const auto saved = save();
        if (!saved) {
            qWarning("%s", qPrintable(saved.error().message));
        }
    }
}

Result<ChildRecord> ChildTable::start(const QString& id, const ChildSpec& spec)
{
    refresh();
    if (m_children.contains(id) && isSessionAlive(m_children[id].process)) {
        const auto& present = m_children[id];
        const auto sentence = present.state == ChildState::Running
                                  ? QString("%1 is running already as process %2.").arg(id).arg(present.process.pid)
                                  : QString("Processes of the last run of %1 are still there; stop it first.").arg(id);
        return fail(ErrorCode::Busy, sentence);
    }
    const auto run = QUuid::createUuid().toString(QUuid::Id128);
    auto marked = spec;
    marked.environment[markVariable] = markPrefix() + id + "#" + run;
    const auto process = startChild(marked);
    if (!process) {
        return std::unexpected(process.error());
    }
    failpoint("supervisor_child_started");
    const auto before = m_children;
    m_children[id] = {
        .id = id, .program = spec.program, .log = spec.log, .run = run, .process = *process, .startedAt = systemTime()};
    const auto saved = save();
    if (!saved) {
        signalSession(*process, ProcessSignal::Kill);
        m_children = before;
        return std::unexpected(saved.error());
    }
    return m_children[id];
}

QList<ProcessIdentity> ChildTable::strays(const ChildRecord& child, StopReach reach) const
{
    if (reach == StopReach::Session || child.run.isEmpty()) {
        return {};
    }
    return markedOutside(child.process, markVariable, markPrefix() + child.id + "#" + child.run);
}

QCoro::Task<Result<ChildRecord>> ChildTable::stop(QString id, Milliseconds grace, StopReach reach)
{
    refresh();
    if (!m_children.contains(id)) {
        co_return unknownChild(id);
    }
    if (auto& running = m_children[id]; running.state == ChildState::Running && !running.stopped) {
        running.stopped = true;
        if (const auto saved = save(); !saved) { // it is stopped all the same
            qWarning("%s", qPrintable(saved.error().message));
        }
    }
    const auto child = m_children[id];
    const auto signalAll = [this, child, reach](ProcessSignal signal) {
        signalSession(child.process, signal);
        const auto others = strays(child, reach);
        for (const auto& process : others) {
            signalProcess(process, signal);
        }
    };
    signalAll(ProcessSignal::Continue);
    signalAll(ProcessSignal::Terminate);
    const QDeadlineTimer killTime(grace);
    const QDeadlineTimer surrenderTime(grace + killPatience);
    while (isSessionAlive(child.process) || !strays(child, reach).isEmpty()) {
        if (surrenderTime.hasExpired()) {
            co_return fail(ErrorCode::Timeout, QString("%1 does not end, not even when killed.").arg(id));
        }
        if (killTime.hasExpired()) {
            signalAll(ProcessSignal::Kill);
        }
        auto pause = QCoro::sleepFor(pollInterval);
        co_await pause;
    }
    refresh();
    co_return m_children.value(id);
}

Status ChildTable::forget(const QString& id)
{
    refresh();
    if (!m_children.contains(id)) {
        return unknownChild(id);
    }
    if (isSessionAlive(m_children[id].process)) {
        return fail(ErrorCode::WrongState, QString("%1 is still running.").arg(id));
    }
    const auto known = m_children.take(id);
    m_adopted.remove(id);
    const auto saved = save();
    if (!saved) {
        m_children[id] = known;
    }
    return saved;
}

QCoro::Task<Status> ChildTable::stopAll(Milliseconds grace)
{
    std::vector<QCoro::Task<Result<ChildRecord>>> stopping;
    const auto ids = m_children.keys();
    for (const auto& id : ids) {
        stopping.push_back(stop(id, grace, StopReach::Session));
    }
    Status status;
    for (auto& task : stopping) {
        const auto stopped = co_await task;
        if (!stopped && status) {
            status = std::unexpected(stopped.error());
        }
    }
    co_return status;
}

Result<ChildRecord> ChildTable::signal(const QString& id, ProcessSignal signal)
{
    refresh();
    if (!m_children.contains(id)) {
        return unknownChild(id);
    }
    if (!isSessionAlive(m_children[id].process)) {
        return fail(ErrorCode::WrongState, QString("%1 is not running.").arg(id));
    }
    signalSession(m_children[id].process, signal);
    return m_children[id];
}

Result<ChildRecord> ChildTable::status(const QString& id)
{
    refresh();
    return m_children.contains(id) ? Result<ChildRecord>(m_children[id]) : unknownChild(id);
}

QList<ChildRecord> ChildTable::list()
{
    refresh();
    return m_children.values();
}

bool ChildTable::hasRunning()
{
    refresh();
    return std::ranges::any_of(m_children, [](const ChildRecord& c) { return c.state == ChildState::Running; });
}

} // namespace rc
