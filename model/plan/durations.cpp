// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/durations.h"

#include <algorithm>
#include <cmath>

namespace rc {
namespace {

constexpr qsizetype PlansRemembered = 20;
/// Taken and done within this was ticked off at once (decision 0004): how long the work was, nobody knows.
constexpr Milliseconds TickedAtOnce{1000};

Milliseconds quantile(const QList<Milliseconds>& sorted, double part)
{
    const double place = part * double(sorted.size() - 1);
    const auto below = qsizetype(place);
    const auto above = std::min(below + 1, sorted.size() - 1);
    const auto gap = double((sorted[above] - sorted[below]).count());
    return sorted[below] + Milliseconds(std::llround(gap * (place - double(below))));
}

/// Whether start and end of the attempt tell how long it took when all went well.
bool isMeasured(const AttemptTimes& attempt)
{
    const auto span = attempt.completedAt - attempt.startedAt;
    const auto least = attempt.actionType == ActionType::Manual ? TickedAtOnce : Milliseconds(0);
    return attempt.succeeded && !attempt.interrupted && span >= least;
}

struct Samples
{
    QList<Milliseconds> time;
    QList<Milliseconds> waiting;

    void add(const AttemptTimes& attempt)
    {
        time.append(attempt.completedAt - attempt.startedAt);
        if (attempt.readySince && *attempt.readySince <= attempt.startedAt) {
            waiting.append(attempt.startedAt - *attempt.readySince);
        }
    }
};

/// Those that this plan may learn from, the latest first.
QList<const PlanTimes*> teachersOf(const Plan& plan, const QList<PlanTimes>& others)
{
    QList<const PlanTimes*> teachers;
    for (const auto& other : others) {
        const bool alike = other.procedure == plan.procedure.id && other.network == plan.pins.network &&
                           other.rehearsal == plan.pins.rehearsal;
        if (alike && other.plan != plan.id && other.endedAt && *other.endedAt <= plan.startedAt) {
            teachers.append(&other);
        }
    }
    std::ranges::sort(teachers, [](const PlanTimes* a, const PlanTimes* b) {
        return a->endedAt != b->endedAt ? a->endedAt > b->endedAt : a->plan < b->plan;
    });
    teachers.resize(std::min(teachers.size(), PlansRemembered));
    return teachers;
}

} // namespace

PlanTimes timesOf(const Plan& plan)
{
    PlanTimes times{plan.id, plan.procedure.id, plan.pins.network, plan.pins.rehearsal, plan.completedAt, {}, {}};
    for (const auto& completion : plan.completedSteps) {
        const auto index = plan.indexOf(completion.step);
        if (index >= 0 && completion.startedAt) {
            times.attempts.append({completion.step, plan.procedure.steps[index].actionType, completion.readySince,
                                   *completion.startedAt, completion.completedAt, completion.result.success,
                                   completion.interrupted});
        }
    }
    for (const auto& run : plan.verificationRuns) {
        if (run.passed && run.finishedAt && *run.finishedAt >= run.startedAt) {
            times.verifications.append(*run.finishedAt - run.startedAt);
        }
    }
    return times;
}

QJsonObject toJson(const PlanTimes& times)
{
    QJsonArray attempts;
    for (const auto& attempt : times.attempts) {
        attempts.append(QJsonObject{
            {"step", attempt.step.text()},
            {"action_type", QString(idOf(attempt.actionType))},
            {"ready_since", toJson(attempt.readySince)},
            {"started_at", toRfc3339(attempt.startedAt)},
            {"completed_at", toRfc3339(attempt.completedAt)},
            {"succeeded", attempt.succeeded},
            {"interrupted", attempt.interrupted},
        });
    }
    QJsonArray verifications;
    for (const auto span : times.verifications) {
        verifications.append(qint64(span.count()));
    }
    return {
        {"plan", times.plan.text()},
        {"procedure", times.procedure.text()},
        {"network", QJsonObject{{"name", times.network.name},
                                {"chain_id", times.network.chainId},
                                {"kind", QString(idOf(times.network.kind))}}},
        {"rehearsal", times.rehearsal},
        {"ended_at", toJson(times.endedAt)},
        {"attempts", attempts},
        {"verifications", verifications},
    };
}

PlanTimes planTimesFromJson(const QJsonObject& object)
{
    const auto network = object["network"];
    PlanTimes times{
        PlanId(object["plan"].toString()),
        ProcedureId(object["procedure"].toString()),
        {network["name"].toString(), network["chain_id"].toString(), enumFromJson(network["kind"], NetworkKind::Live)},
        object["rehearsal"].toBool(),
        timeFromJson(object["ended_at"]),
        {},
        {}};
    for (const auto& entry : object["attempts"].toArray()) {
        const auto attempt = entry.toObject();
        times.attempts.append(
            {StepId(attempt["step"].toString()), enumFromJson(attempt["action_type"], ActionType::Manual),
             timeFromJson(attempt["ready_since"]), timeFromJson(attempt["started_at"]).value_or(Timestamp()),
             timeFromJson(attempt["completed_at"]).value_or(Timestamp()), attempt["succeeded"].toBool(),
             attempt["interrupted"].toBool()});
    }
    for (const auto& span : object["verifications"].toArray()) {
        times.verifications.append(Milliseconds(span.toInteger()));
    }
    return times;
}

Spread spreadOf(QList<Milliseconds> spans)
{
    if (spans.isEmpty()) {
        return {};
    }
    std::ranges::sort(spans);
    return {int(spans.size()), quantile(spans, 0.25), quantile(spans, 0.5), quantile(spans, 0.75)};
}

History historyFor(const Plan& plan, const QList<PlanTimes>& others)
{
    QHash<StepId, Samples> samples;
    QList<Milliseconds> verifications;
    for (const auto* teacher : teachersOf(plan, others)) {
        verifications += teacher->verifications;
        for (const auto& attempt : teacher->attempts) {
            const auto index = plan.indexOf(attempt.step);
            const bool same = index >= 0 && plan.procedure.steps[index].actionType == attempt.actionType;
            if (same && isMeasured(attempt)) {
                samples[attempt.step].add(attempt);
            }
        }
    }
    History history;
    history.verification = spreadOf(verifications);
    for (auto it = samples.cbegin(); it != samples.cend(); ++it) {
        history.steps.insert(it.key(), {spreadOf(it->time), spreadOf(it->waiting)});
    }
    return history;
}

Estimates estimatesOf(const Procedure& procedure, const History& history)
{
    Estimates estimates;
    estimates.steps.reserve(procedure.steps.size());
    for (const auto& step : procedure.steps) {
        const auto known = history.steps.value(step.id);
        StepEstimate estimate{step.expectedDuration, EstimateSource::Procedure, {}, known.time};
        if (known.time.isEnough()) {
            estimate.time = known.time.median;
            estimate.source = EstimateSource::History;
        } else if (step.expectedDuration == Milliseconds(0)) {
            estimate.source = EstimateSource::None;
        }
        if (known.waiting.isEnough()) {
            estimate.waiting = known.waiting.median;
        }
        estimates.steps.append(estimate);
    }
    if (history.verification.isEnough()) {
        estimates.verification = history.verification.median;
    }
    return estimates;
}

} // namespace rc
