// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/journal.h"
#include "model/incident/incident.h"
#include "model/plan/plan.h"

namespace rc {

class RecoveryService;

/// A row of the journal as a report tells it; plan, step and attempt where it has them.
[[nodiscard]] QJsonObject reportEvent(const Record& record);
/// A plan as it stands (cli.md), with `leftovers[]`: what it has left behind so far.
[[nodiscard]] QJsonObject reportPlan(const Plan& plan, Timestamp now);

/// Everything a report says, gathered from the store before anything is drawn: the one JSON document that
/// `recovery-report` reads (docs/cli.md). `events` are the rows of the incident and of the plans, each with its plan,
/// step, attempt and the key of who stands behind it; `approvals_and_denials` who consented, overrode or was refused
/// from the first of these rows to the last; files of evidence have what is found of the kept copies; `clock` what the
/// journal says of clocks that were set meanwhile. StoreError when the rows cannot be read. What a verification of the
/// whole journal finds is part of the document.
[[nodiscard]] Result<QJsonObject> planReportDocument(Journal& journal, const Incident& incident, const Plan& plan);
/// The same of an incident with all its plans, oldest first.
[[nodiscard]] Result<QJsonObject> incidentReportDocument(Journal& journal, const Incident& incident,
                                                         const QList<Plan>& plans);
/// All plans of an incident as they have to be seen now, oldest first.
[[nodiscard]] Result<QList<Plan>> plansOf(RecoveryService& recovery, const IncidentId& incident);

} // namespace rc
