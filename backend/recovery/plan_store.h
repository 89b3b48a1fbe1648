// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/identity/session.h"
#include "backend/journal/journal.h"
#include "model/plan/durations.h"
#include "model/plan/plan_event.h"

namespace rc {

/// A plan as it was read, with the revision that the next append has to expect.
struct StoredPlan
{
    Plan plan;
    qint64 revision = 0;
};

/// Reads plans from the journal and writes their events to it.
class PlanStore
{
public:
    explicit PlanStore(Journal& journal)
        : m_journal(journal)
    {
    }

    /// NotFound if there is no such plan.
    [[nodiscard]] Result<StoredPlan> load(const PlanId& id);
    /// Appends the events (and what `more` holds, in the same transaction) if the plan still has the revision it was
    /// read at, and takes them into `stored`. Conflict otherwise, with `stored` as it was. What the events make of the
    /// incident's status goes along (backend/recovery/incident_status.h).
    [[nodiscard]] Status append(StoredPlan& stored, const PlanEvents& events, Signer& signer, Append more = {});

    struct Summary
    {
        PlanId id;
        IncidentId incident;
        ProcedureId procedure;
        PlanStatus status = PlanStatus::InProgress;
        Timestamp startedAt;
        OperatorId startedBy;
    };
    /// Newest first. For an open plan the status says no more than that it is open.
    [[nodiscard]] Result<QList<Summary>> list();
    /// Ids of the plans of an incident that are neither completed nor aborted.
    [[nodiscard]] Result<QList<PlanId>> openPlansOf(const IncidentId& incident);
    /// How long the steps of earlier plans of the same procedure took, the latest first; no more than an estimate
    /// needs.
    [[nodiscard]] Result<QList<PlanTimes>> timesBefore(const Plan& plan);
    /// The id the next plan would get.
    [[nodiscard]] Result<PlanId> nextId();

private:
    Journal& m_journal;
    /// As last read: the next load takes in only what has come since.
    QHash<PlanId, StoredPlan> m_known;
};

} // namespace rc
