// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/incident_status.h"

#include "backend/recovery/incident_register.h"
#include "backend/recovery/plan_store.h"
#include "backend/recovery/streams.h"

#include <algorithm>

namespace rc {
namespace {

/// Of the events that start or end a plan, what the last one makes of it.
std::optional<PlanStatus> turnIn(const PlanEvents& events)
{
    std::optional<PlanStatus> turn;
    for (const auto& event : events) {
        if (std::holds_alternative<PlanStarted>(event)) {
            turn = PlanStatus::InProgress;
        } else if (std::holds_alternative<PlanDeclared>(event) || std::holds_alternative<PlanCompleted>(event)) {
            turn = PlanStatus::Completed;
        } else if (std::holds_alternative<PlanAborted>(event)) {
            turn = PlanStatus::Aborted;
        }
    }
    return turn;
}

QString sentence(const PlanId& plan, PlanStatus turn)
{
    const QString what = turn == PlanStatus::InProgress  ? QString("started")
                         : turn == PlanStatus::Completed ? QString("completed")
                                                         : QString("aborted");
    return QString("Plan %1 is %2").arg(plan.text(), what);
}

} // namespace

Status addIncidentStatus(Journal& journal, Append& append, const PlanId& plan, const IncidentId& incident,
                         const PlanEvents& events)
{
    const auto turn = turnIn(events);
    if (!turn) {
        return {};
    }
    const QString stream = stream::incident(incident);
    // The revision first: whatever happens to the other plans from here on makes the append a conflict.
    const auto revision = journal.revision(stream);
    const auto plans = PlanStore(journal).list();
    if (!revision || !plans) {
        return std::unexpected(!revision ? revision.error() : plans.error());
    }
    if (!append.expected.contains(stream)) {
        append.expected.insert(stream, *revision);
    }
    QList<PlanStatus> statuses{*turn};
    for (const auto& other : *plans) {
        if (other.incident == incident && other.id != plan) {
            statuses.append(other.status);
        }
    }
    const bool anyOpen = std::ranges::any_of(
        statuses, [](PlanStatus status) { return status != PlanStatus::Completed && status != PlanStatus::Aborted; });
    const auto status = anyOpen                                    ? IncidentStatus::Recovering
                        : statuses.contains(PlanStatus::Completed) ? IncidentStatus::Monitoring
                                                                   : IncidentStatus::Open;
    append.events.append(IncidentRegister::statusChange(incident, status, sentence(plan, *turn)));
    return {};
}

} // namespace rc
