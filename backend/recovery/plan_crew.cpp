// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_crew.h"

#include "model/plan/refusals.h"

#include <QCoroSignal>

/// The loop of an armed plan: starts what is ready, side by side, and looks again whenever something has ended.

namespace rc {
namespace {

/// How long the loop sleeps at most while steps run: others may have changed the plan meanwhile.
constexpr std::chrono::milliseconds Interval{500};

/// How many looks in a row others may be first: more is no accident any more.
constexpr int MostOvertaken = 50;

/// Steps looked for at a time; the procedure's own limit is below.
constexpr qsizetype MostAtOnce = 256;

bool isArmedBy(const Plan& plan, const QString& executor)
{
    return plan.armedExecutor && plan.armedExecutor->id == executor;
}

/// When the next attempt of a step is due that waits for nothing but its back-off; nothing if there is none, or if this
/// executor is not to run it.
std::optional<Timestamp> nextRetry(const Plan& plan, const QString& executor, Timestamp now)
{
    std::optional<Timestamp> next;
    if (!isArmedBy(plan, executor) || !refusals::needsWorkingPlan(plan)) {
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

/// Somebody else has a hand on a system or keeps writing to the plan: not now, but soon.
bool isPassing(const Status& status)
{
    return !status && (status.error().code == ErrorCode::Busy || isRace(status));
}

/// Others were first: they have started the step, put it off, paused the plan or taken it over. The next look at the
/// plan tells.
bool isOvertaken(const Status& status)
{
    if (status) {
        return false;
    }
    const auto code = status.error().code;
    return code == ErrorCode::Conflict || code == ErrorCode::WrongState || code == ErrorCode::InvalidStepIndex;
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

void PlanRunner::noteFailures(const Plan& plan, Crew& crew)
{
    for (; crew.seenEnds < plan.completedSteps.size(); ++crew.seenEnds) {
        const auto index = plan.indexOf(plan.completedSteps[crew.seenEnds].step);
        crew.isBroken = crew.isBroken ||
                        (plan.steps[index].progress == StepProgress::Failed && plan.procedure.steps.at(index).critical);
    }
}

std::optional<qsizetype> PlanRunner::workElsewhere(const Plan& plan) const
{
    const auto& here = m_lock.executor().id;
    if (!isArmedBy(plan, here) || !refusals::needsWorkingPlan(plan)) {
        return std::nullopt;
    }
    const auto& underWay = plan.underWay();
    for (auto i = underWay.next(0); i < plan.steps.size(); i = underWay.next(i + 1)) {
        const auto& executor = plan.steps[i].executor.id;
        if (!plan.procedure.steps.at(i).isManual() && plan.isArmedFor(i) &&
            plan.steps[i].progress == StepProgress::Running && executor != here) {
            return i;
        }
    }
    return std::nullopt;
}

bool PlanRunner::awaitsOthers(const std::shared_ptr<Work>& work, const std::shared_ptr<Crew>& crew,
                              const Operation& operation)
{
    const auto& plan = work->stored.plan;
    const auto index = workElsewhere(plan);
    if (!index) {
        return false;
    }
    if (!isExecutorAlive(m_journal.home(), plan.steps[*index].executor.id)) {
        settleAll(work, crew, operation);
        return false;
    }
    const auto& step = plan.procedure.steps.at(*index);
    if (crew->awaited != step.id) {
        crew->awaited = step.id;
        operation.progress(
            QString("Step '%1' runs on another console, for %2; the plan goes on from here when it ends.")
                .arg(step.name, plan.steps[*index].startedBy.text()));
    }
    return true;
}

QCoro::Task<> PlanRunner::member(std::shared_ptr<Crew> crew, std::shared_ptr<Work> work, qsizetype index,
                                 Operation operation)
{
    const Status done = co_await finish(work, index, operation);
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
    noteFailures(work->stored.plan, *crew);
    const auto& here = m_lock.executor().id;
    if (!isArmedBy(work->stored.plan, here)) {
        return 0;
    }
    int started = 0;
    Status kept;
    // What an executor that died has left takes no place.
    const auto seen = asSeenNow(work->stored.plan, m_journal.home());
    for (const auto& step : runnableSteps(seen, context->actor(), m_journal.now(), MostAtOnce)) {
        if (crew->isBroken || !crew->problem) {
            break;
        }
        // Each member has a view of the plan of its own, and decides on it.
        const auto own = std::make_shared<Work>(*work);
        if (const auto again = reload(*own); !again) {
            return std::unexpected(again.error());
        }
        const auto index = own->stored.plan.indexOf(step);
        const auto begun = insist(*own, [&]() -> Status {
            if (!isArmedBy(own->stored.plan, here)) {
                return fail(ErrorCode::WrongState, "The plan was taken over, or paused.");
            }
            return beginStep(*own, index);
        });
        if (isPassing(begun)) {
            kept = begun;
            continue;
        }
        if (isOvertaken(begun) && crew->overtaken < MostOvertaken) {
            crew->hasNews = true;
            continue;
        }
        if (!begun) {
            return std::unexpected(begun.error());
        }
        started += 1;
        crew->atWork += 1;
        member(crew, own, index, operation);
    }
    crew->overtaken = started == 0 && crew->hasNews ? crew->overtaken + 1 : 0;
    // Nothing of ours works, and others keep it from everything: that is the answer.
    if (started == 0 && crew->atWork == 0 && !kept) {
        return std::unexpected(kept.error());
    }
    return started;
}

QCoro::Task<Status> PlanRunner::runReadySteps(std::shared_ptr<Work> work, Operation operation)
{
    const auto crew = std::make_shared<Crew>();
    crew->seenEnds = work->stored.plan.completedSteps.size();
    settleAll(work, crew, operation);
    bool goesOn = true;
    while (goesOn || crew->atWork > 0) {
        crew->hasNews = false;
        const bool mayStart = crew->problem && !crew->isBroken && !operation.cancel.isCancelled();
        std::optional<Timestamp> retry;
        bool awaits = false;
        goesOn = false;
        if (mayStart) {
            const auto started = startReadySteps(work, crew, operation);
            if (!started) {
                crew->problem = std::unexpected(started.error());
            } else {
                retry = nextRetry(work->stored.plan, m_lock.executor().id, m_journal.now());
                awaits = *started == 0 && !crew->isBroken && awaitsOthers(work, crew, operation);
                goesOn = *started > 0 || retry || awaits;
            }
        }
        if (crew->hasNews) {
            goesOn = mayStart;
        } else if (crew->atWork > 0) {
            (void)co_await qCoro(crew.get(), &Crew::ended, Interval);
            goesOn = mayStart;
        } else if (retry || awaits) {
            const auto wait = retry ? std::clamp<Milliseconds>(*retry - m_journal.now(), Milliseconds(1), Interval)
                                    : Milliseconds(Interval);
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
