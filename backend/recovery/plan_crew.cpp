// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_crew.h"

#include "model/plan/refusals.h"

#include <QCoroSignal>

/// The loop of an armed plan: starts what is ready, side by side, and looks again whenever something has ended.

namespace rc {
namespace {

/// How long the loop sleeps at most while steps run: others may have changed the plan meanwhile.
constexpr std::chrono::milliseconds Interval{500};

/// Steps looked for at a time; the procedure's own limit is below.
constexpr qsizetype MostAtOnce = 256;

/// When the next attempt of a step is due that waits for nothing but its back-off; nothing if there is none, or if this
/// executor is not to run it.
std::optional<Timestamp> nextRetry(const Plan& plan, const QString& executor, Timestamp now)
{
    std::optional<Timestamp> next;
    if (!plan.armedExecutor || plan.armedExecutor->id != executor || !refusals::needsWorkingPlan(plan)) {
        return next;
    }
    const auto& startable = plan.startable();
    for (auto i = startable.next(0); i < plan.steps.size(); i = startable.next(i + 1)) {
        const auto& due = plan.steps[i].notBefore;
        if (due && *due > now && plan.isArmedFor(i) && !plan.isHeld(i) && (!next || *due < *next)) {
            next = due;
        }
    }
    return next;
}

/// Somebody else has a hand on a system or has just written to the plan: not now, but soon.
bool isPassing(const Status& status)
{
    return !status && (status.error().code == ErrorCode::Busy || isRace(status));
}

/// Why ready steps are left, although nothing keeps the plan from going on: it is for this person, or for a person at
/// all, to do something else.
void tellWhatIsLeft(const Plan& plan, const Actor& actor, Timestamp now, const Operation& operation)
{
    const auto& startable = plan.startable();
    for (auto i = startable.next(0); i < plan.steps.size(); i = startable.next(i + 1)) {
        const auto& step = plan.procedure.steps[i];
        if (step.isManual() || !plan.isArmedFor(i) || plan.stateOf(i, now) != StepState::Ready) {
            continue;
        }
        if (const auto may = decide(plan, StartStep{step.id, {}, {}}, actor, now); !may) {
            operation.progress("Not started: " + may.error().message);
        } else if (plan.isPointOfNoReturn(i)) {
            operation.progress(
                QString("Not started: after step '%1' there is no way back, so it has to be run on its own.")
                    .arg(step.name));
        }
    }
}

} // namespace

bool isRace(const Status& written)
{
    return !written && written.error().code == ErrorCode::Conflict && written.error().details.contains("stream");
}

std::unexpected<Error> stoppedBefore()
{
    return fail(ErrorCode::Cancelled, "It was told to stop before it had begun.");
}

Error stoppedOnRequest(const Plan& plan, Timestamp now)
{
    QString sentence = QString("Stopped on request. What plan %1 has done so far is recorded.").arg(plan.id.text());
    QJsonArray left;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const auto& step = plan.procedure.steps[i];
        const auto state = plan.stateOf(i, now);
        if (state == StepState::Succeeded || state == StepState::Skipped) {
            continue;
        }
        left.append(QJsonObject{{"id", step.id.text()}, {"state", QString(idOf(state))}});
        if (state == StepState::Failed) {
            sentence += QString(" Step '%1' has failed: %2").arg(step.name, plan.steps[i].result.message);
        }
    }
    return {ErrorCode::Cancelled, sentence, {{"status", QString(idOf(plan.status))}, {"left", left}}};
}

QCoro::Task<> PlanRunner::member(std::shared_ptr<Crew> crew, std::shared_ptr<Work> work, qsizetype index,
                                 Operation operation)
{
    const Status done = co_await finish(work, index, operation);
    const bool failed = work->stored.plan.steps[index].progress == StepProgress::Failed;
    crew->isBroken = crew->isBroken || (failed && work->stored.plan.procedure.steps.at(index).critical);
    if (!done) {
        crew->problem = done;
    }
    crew->atWork -= 1;
    crew->hasNews = true;
    Q_EMIT crew->ended();
}

Result<int> PlanRunner::startReadySteps(const std::shared_ptr<Work>& work, const std::shared_ptr<Crew>& crew,
                                        const Operation& operation)
{
    if (const auto again = reload(*work); !again) {
        return std::unexpected(again.error());
    }
    // A role that was taken away since starts nothing more.
    const auto context = m_identity.context(work->context.session);
    if (!context) {
        return std::unexpected(context.error());
    }
    work->context = *context;
    const auto& armed = work->stored.plan.armedExecutor;
    if (!armed || armed->id != m_lock.executor().id) {
        return 0;
    }
    int started = 0;
    Status kept;
    for (const auto& step : runnableSteps(work->stored.plan, context->actor(), m_journal.now(), MostAtOnce)) {
        if (crew->isBroken || !crew->problem) {
            break;
        }
        // Each member has a view of the plan of its own, and decides on it.
        const auto own = std::make_shared<Work>(*work);
        if (const auto again = reload(*own); !again) {
            return std::unexpected(again.error());
        }
        const auto index = own->stored.plan.indexOf(step);
        const auto begun = beginStep(*own, index);
        if (isPassing(begun)) {
            kept = begun;
            continue;
        }
        if (!begun) {
            return std::unexpected(begun.error());
        }
        started += 1;
        crew->atWork += 1;
        member(crew, own, index, operation);
    }
    // Nothing of ours works, and others keep it from everything: that is the answer.
    if (started == 0 && crew->atWork == 0 && !kept) {
        return std::unexpected(kept.error());
    }
    return started;
}

QCoro::Task<Status> PlanRunner::runReadySteps(std::shared_ptr<Work> work, Operation operation)
{
    const auto crew = std::make_shared<Crew>();
    settleAll(work, crew, operation);
    bool goesOn = true;
    while (goesOn || crew->atWork > 0) {
        crew->hasNews = false;
        const bool mayStart = crew->problem && !crew->isBroken && !operation.cancel.isCancelled();
        std::optional<Timestamp> retry;
        goesOn = false;
        if (mayStart) {
            const auto started = startReadySteps(work, crew, operation);
            if (!started) {
                crew->problem = std::unexpected(started.error());
            } else {
                retry = nextRetry(work->stored.plan, m_lock.executor().id, m_journal.now());
                goesOn = *started > 0 || retry;
            }
        }
        if (crew->hasNews) {
            goesOn = mayStart;
        } else if (crew->atWork > 0) {
            (void)co_await qCoro(crew.get(), &Crew::ended, Interval);
            goesOn = mayStart;
        } else if (retry) {
            const auto wait = std::clamp<Milliseconds>(*retry - m_journal.now(), Milliseconds(1), Interval);
            (void)co_await pause(wait, operation.cancel);
        }
    }
    if (const auto again = reload(*work); !again && crew->problem) {
        crew->problem = again;
    }
    if (crew->problem && operation.cancel.isCancelled()) {
        co_return std::unexpected(stoppedOnRequest(work->stored.plan, m_journal.now()));
    }
    if (crew->problem && !crew->isBroken) {
        tellWhatIsLeft(work->stored.plan, work->context.actor(), m_journal.now(), operation);
    }
    co_return crew->problem;
}

} // namespace rc
