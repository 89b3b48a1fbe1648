// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/schedule.h"

#include "model/base/elapsed.h"
#include "model/plan/places.h"

#include <algorithm>
#include <ranges>

namespace rc {
namespace {

using Node = DependencyGraph::Node;

/// What a running step still needs; see scheduleOf.
Milliseconds stillNeeded(Milliseconds estimate, Milliseconds taken)
{
    return std::max(estimate - taken, taken / 4);
}

bool comesToAnEnd(const Plan& plan)
{
    return plan.status != PlanStatus::Aborting && plan.status != PlanStatus::Aborted;
}

/// An armed plan starts what is more urgent first.
int rankOf(Priority priority)
{
    return int(Priority::Urgent) - int(priority);
}

/// Works out one schedule: facts, forwards, backwards, and what follows the last step.
class Scheduler
{
public:
    Scheduler(const Plan& plan, const Estimates& estimates, Timestamp now, const ExtraTime& extra)
        : m_plan(plan)
        , m_estimates(estimates)
        , m_now(now)
        , m_extra(extra)
        , m_graph(plan.dependencies())
        , m_jobs(std::size_t(plan.steps.size()))
    {
        for (const auto& step : plan.procedure.steps) {
            if (step.reversibility == Reversibility::ReversibleUntil) {
                m_makeFinal.insert(step.reversibleUntil);
            }
        }
    }

    Schedule work()
    {
        setFacts();
        const auto order = Places(m_graph, m_jobs, m_plan.procedure.maximumParallel).place();
        setTimes(order);
        // Steps that wait for each other in a circle, which no procedure that was accepted has, are left without times.
        const auto open = std::ranges::count_if(m_jobs, [](const Job& job) { return job.state != Job::State::Done; });
        if (comesToAnEnd(m_plan) && std::ssize(order) == open) {
            m_schedule.stepsEnd = lastEnd();
            setSlack(order);
            setCriticalPath();
            setWhatFollows();
            setMargin();
        }
        return std::move(m_schedule);
    }

private:
    [[nodiscard]] const StepRecord& record(Node node) const { return m_plan.steps[node]; }
    [[nodiscard]] bool isOpen(Node node) const { return !isDone(record(node)); }
    [[nodiscard]] bool isRunning(Node node) const
    {
        return record(node).progress == StepProgress::Running && record(node).startedAt;
    }
    /// Its start is not a fact: it follows what it needs.
    [[nodiscard]] bool isToCome(Node node) const { return isOpen(node) && !isRunning(node); }
    [[nodiscard]] StepEstimate estimateOf(Node node) const { return m_estimates.steps.value(node); }

    void setFacts()
    {
        m_schedule.rto = m_plan.procedure.rto;
        m_schedule.steps.reserve(m_plan.steps.size());
        for (Node node = 0; node < Node(m_plan.steps.size()); ++node) {
            const auto estimate = estimateOf(node);
            ScheduledStep step;
            step.id = m_plan.procedure.steps[node].id;
            step.estimate = estimate.time;
            step.source = estimate.source;
            step.samples = estimate.history.samples;
            step.flag = paceFlagOf(m_plan, node, estimate, m_now);
            m_jobs[node] = jobOf(node, step);
            if (!isOpen(node)) {
                placeDone(node, step);
            }
            m_schedule.steps.append(step);
        }
    }

    /// What the step is for those that share the places: before anything is placed.
    [[nodiscard]] Job jobOf(Node node, const ScheduledStep& step)
    {
        const auto& described = m_plan.procedure.steps[node];
        Job job;
        job.takesPlace = !described.isManual();
        job.rank = rankOf(described.priority);
        if (isRunning(node)) {
            job.state = Job::State::Running;
            job.systems = job.takesPlace ? numbersOf(record(node).systems) : std::vector<int>();
            job.work = withExtra(node, stillNeeded(step.estimate, elapsed(*record(node).startedAt, m_now)));
        } else if (isOpen(node) && comesToAnEnd(m_plan)) {
            job.state = Job::State::ToCome;
            job.waiting = waitingAhead(node);
            job.work = withExtra(node, step.estimate);
            job.systems = numbersOf(m_plan.systemsOf(node));
        }
        return job;
    }

    [[nodiscard]] std::vector<int> numbersOf(const QList<SystemId>& systems)
    {
        std::vector<int> numbers;
        for (const auto& system : systems) {
            const auto known = m_systems.constFind(system);
            numbers.push_back(known == m_systems.cend() ? *m_systems.insert(system, int(m_systems.size())) : *known);
        }
        return numbers;
    }

    void setTimes(const std::vector<Node>& order)
    {
        for (const Node node : order) {
            const auto& job = m_jobs[node];
            auto& step = m_schedule.steps[node];
            step.start = isRunning(node) ? *record(node).startedAt : m_now + job.start;
            step.end = m_now + job.end;
            step.waiting = job.waiting;
            if (job.queuedBehind >= 0) {
                step.queued = job.start - *job.ready;
                step.queuedBehind = m_schedule.steps[job.queuedBehind].id;
            }
        }
    }

    void placeDone(Node node, ScheduledStep& step) const
    {
        const bool ran = record(node).progress == StepProgress::Succeeded;
        step.end = record(node).completedAt;
        step.start = ran && record(node).startedAt ? record(node).startedAt : step.end;
        step.estimate = step.end ? elapsed(*step.start, *step.end) : Milliseconds(0);
        step.source = EstimateSource::Actual;
    }

    [[nodiscard]] Milliseconds withExtra(Node node, Milliseconds time) const
    {
        const auto more = m_extra.isEmpty() ? Milliseconds(0) : m_extra.value(m_plan.procedure.steps[node].id);
        return std::max(Milliseconds(0), time + more);
    }

    /// People's usual waiting less what they have waited already. Once it is over, the step counts as taken now.
    [[nodiscard]] Milliseconds waitingAhead(Node node) const
    {
        const auto usual = estimateOf(node).waiting;
        if (usual == Milliseconds(0) || startsByItself(node)) {
            return Milliseconds(0);
        }
        std::optional<Timestamp> since;
        if (record(node).progress == StepProgress::Failed) {
            since = record(node).completedAt;
        } else if (m_plan.startable().contains(node)) {
            since = record(node).readySince;
        }
        return since ? std::clamp(usual - (m_now - *since), Milliseconds(0), usual) : usual;
    }

    /// The armed plan needs nobody for it (product rule 5).
    [[nodiscard]] bool startsByItself(Node node) const
    {
        const auto& step = m_plan.procedure.steps[node];
        const bool needsPerson =
            step.isManual() || !step.approvals.isEmpty() || step.isFinal() || m_makeFinal.contains(step.id);
        return m_plan.isArmed() && m_plan.isArmedFor(node) && record(node).progress == StepProgress::Pending &&
               !needsPerson;
    }

    /// The end of the last step that is open, or was done if none is.
    [[nodiscard]] Timestamp lastEnd() const
    {
        Timestamp last = m_plan.startedAt;
        for (Node node = 0; node < m_graph.nodeCount(); ++node) {
            const auto end = m_schedule.steps[node].end.value_or(last);
            last = std::max(last, isOpen(node) ? end : std::min(end, m_now));
        }
        return last;
    }

    void setSlack(const std::vector<Node>& order)
    {
        std::vector<Timestamp> latestEnd(m_jobs.size(), *m_schedule.stepsEnd);
        const auto notAfter = [&latestEnd](Node node, Timestamp latest) {
            latestEnd[node] = std::min(latestEnd[node], latest);
        };
        for (auto node = order.rbegin(); node != order.rend(); ++node) {
            auto& step = m_schedule.steps[*node];
            const auto& job = m_jobs[*node];
            step.slack = latestEnd[*node] - *step.end;
            m_schedule.withoutEstimate += step.source == EstimateSource::None ? 1 : 0;
            if (!isToCome(*node)) {
                continue;
            }
            const auto latestStart = latestEnd[*node] - job.work;
            for (const Node dependency : m_graph.dependenciesOf(*node)) {
                notAfter(dependency, latestStart - step.waiting);
            }
            for (const Node before : job.placeOf) {
                notAfter(before, latestStart);
            }
        }
    }

    /// The open node among these that ends last, the first declared of several; -1 if none is open.
    template <class Nodes>
    [[nodiscard]] Node lastOf(const Nodes& nodes) const
    {
        Node last = -1;
        for (const Node node : nodes) {
            const bool later = last < 0 || m_schedule.steps[node].end > m_schedule.steps[last].end ||
                               (m_schedule.steps[node].end == m_schedule.steps[last].end && node < last);
            if (isOpen(node) && later) {
                last = node;
            }
        }
        return last;
    }

    void setCriticalPath()
    {
        Node node = lastOf(std::views::iota(0, m_graph.nodeCount()));
        while (node >= 0) {
            const auto& job = m_jobs[node];
            m_schedule.criticalPath.append(m_schedule.steps[node].id);
            (m_plan.procedure.steps[node].isManual() ? m_schedule.ahead.people : m_schedule.ahead.machine) += job.work;
            if (job.queuedBehind >= 0) {
                // What people do meanwhile holds nothing up.
                node = job.queuedBehind;
            } else {
                m_schedule.ahead.waiting += job.waiting;
                node = isToCome(node) ? lastOf(m_graph.dependenciesOf(node)) : -1;
            }
        }
        std::ranges::reverse(m_schedule.criticalPath);
    }

    void setWhatFollows()
    {
        auto& ahead = m_schedule.ahead;
        if (!m_plan.isOpen()) {
            m_schedule.verified = m_plan.verifiedAt;
            m_schedule.soakEnd = m_plan.soakUntil;
            m_schedule.eta = m_plan.completedAt;
            return;
        }
        const auto once = m_estimates.verification;
        const bool soaks = m_plan.soakUntil && !m_plan.isVerifiedAhead(m_now);
        if (soaks && m_schedule.criticalPath.isEmpty()) {
            m_schedule.verified = m_plan.verifiedAt;
            m_schedule.soakEnd = m_plan.soakUntil;
            ahead.soak = std::max(Milliseconds(0), *m_plan.soakUntil - m_now);
            ahead.verification = m_plan.verifiedAt < m_plan.soakUntil ? once : Milliseconds(0);
        } else {
            m_schedule.verified = std::max(m_now, *m_schedule.stepsEnd) + once;
            m_schedule.soakEnd = *m_schedule.verified + m_plan.procedure.soak;
            ahead.soak = m_plan.procedure.soak;
            // Whoever declares the end after a soak time looks at all checks once more (decision 0011).
            ahead.verification = once + (ahead.soak > Milliseconds(0) ? once : Milliseconds(0));
        }
        m_schedule.eta = m_now + ahead.total();
    }

    void setMargin()
    {
        const auto from = m_plan.pins.rehearsal ? std::optional(m_plan.startedAt) : m_plan.pins.incident.containedAt;
        if (m_schedule.rto > Milliseconds(0) && from && m_schedule.eta) {
            m_schedule.margin = *from + m_schedule.rto - *m_schedule.eta;
        }
    }

    const Plan& m_plan;
    const Estimates& m_estimates;
    const Timestamp m_now;
    const ExtraTime& m_extra;
    const DependencyGraph& m_graph;
    std::vector<Job> m_jobs;
    QHash<SystemId, int> m_systems;
    /// Steps whose start makes another one final.
    QSet<StepId> m_makeFinal;
    Schedule m_schedule;
};

Status mayAsk(const Plan& plan, const ExtraTime& extra)
{
    if (!plan.isOpen() || !comesToAnEnd(plan)) {
        return fail(ErrorCode::WrongState,
                    QString("Plan %1 is %2; there is no end of it to expect.").arg(plan.id.text(), idOf(plan.status)));
    }
    for (auto it = extra.cbegin(); it != extra.cend(); ++it) {
        const auto index = plan.indexOf(it.key());
        if (index < 0) {
            return fail(ErrorCode::NotFound, QString("Plan %1 has no step '%2'.").arg(plan.id.text(), it.key().text()));
        }
        if (isDone(plan.steps[index])) {
            return fail(
                ErrorCode::WrongState,
                QString("Step '%1' is done; it does not take longer any more.").arg(plan.procedure.steps[index].name));
        }
    }
    return {};
}

} // namespace

Schedule scheduleOf(const Plan& plan, const Estimates& estimates, Timestamp now, const ExtraTime& extra)
{
    return Scheduler(plan, estimates, now, extra).work();
}

Result<WhatIf> whatIf(const Plan& plan, const Estimates& estimates, Timestamp now, const ExtraTime& extra)
{
    if (const auto allowed = mayAsk(plan, extra); !allowed) {
        return std::unexpected(allowed.error());
    }
    WhatIf answer{scheduleOf(plan, estimates, now), scheduleOf(plan, estimates, now, extra), {}, {}, {}};
    if (answer.before.eta && answer.after.eta) {
        answer.etaMoves = *answer.after.eta - *answer.before.eta;
    }
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const bool was = answer.before.steps[i].isCritical();
        const bool is = answer.after.steps[i].isCritical();
        if (was != is) {
            (is ? answer.becomeCritical : answer.noLongerCritical).append(answer.after.steps[i].id);
        }
    }
    return answer;
}

} // namespace rc
