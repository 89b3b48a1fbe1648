// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/incident/incident.h"

/// What a report says, as values: read from one JSON document (cli.md, "JSON shapes"), before anything is laid out.

namespace rc::ui::report {

struct ApprovalEntry
{
    QString by;
    QString role;
    std::optional<Timestamp> at;
    int attempt = 1;
    QString parametersHash;
    StepAct act = StepAct::Run;
    bool used = false;
    /// It can be used no more.
    bool over = false;
};

/// A file, a figure or anything else that was bound to a step.
struct EvidenceEntry
{
    QString kind;
    QString name;
    QString sha256;
    QString value;
    std::optional<qint64> size;
    /// What is found of the kept file; nothing if it was not looked at.
    std::optional<EvidenceState> state = {};
    /// A sentence, if it is not sound.
    QString trouble = {};
};

/// What a step left behind: the seed's step result.
struct ResultEntry
{
    bool success = false;
    QString message;
    QJsonObject fields;
    QJsonArray artifacts;
};

/// One finished attempt of a step.
struct CompletionEntry
{
    QString step;
    int attempt = 1;
    ResultEntry result;
    std::optional<Timestamp> completedAt;
    QString completedBy;
    QString note;
    QList<EvidenceEntry> evidence;
};

struct StepEntry
{
    QString id;
    QString name;
    QString kind;
    QString actionType;
    StepState state = StepState::Waiting;
    int attempts = 1;
    QStringList after;
    QStringList roles;
    QString reversibility;
    QStringList waitingFor;
    std::optional<Timestamp> startedAt;
    QString startedBy;
    std::optional<Timestamp> completedAt;
    QString completedBy;
    Milliseconds expected{};
    std::optional<ResultEntry> result;
    QString note;
    QList<EvidenceEntry> evidence;
    QList<ApprovalEntry> approvals;
};

struct CheckEntry
{
    QString id;
    QString name;
    bool passed = false;
    QString detail;
    std::optional<Timestamp> at;
    int attempt = 1;
};

struct NoteEntry
{
    std::optional<Timestamp> at;
    QString by;
    QString text;
};

/// Something that a plan has left behind, and how to be rid of it.
struct LeftoverEntry
{
    QString system;
    QString what;
    QString cleanup;
};

struct PlanEntry
{
    QString id;
    QString procedureId;
    QString procedureName;
    int procedureVersion = 1;
    QString planHash;
    QString procedureHash;
    QString inventoryHash;
    QString network;
    NetworkKind networkKind = NetworkKind::Live;
    bool rehearsal = false;
    QJsonObject parameters;
    QString overrideReason;
    PlanStatus status = PlanStatus::InProgress;
    Timestamp startedAt;
    std::optional<Timestamp> completedAt;
    QString startedBy;
    QString declaredBy;
    std::optional<Timestamp> soakUntil;
    Milliseconds rto{};
    QList<StepEntry> steps;
    QList<CompletionEntry> completions;
    QList<CheckEntry> checks;
    QList<NoteEntry> notes;
    QList<LeftoverEntry> leftovers = {};
};

/// An approval, a refusal, an override: who decided what.
struct DecisionEntry
{
    std::optional<Timestamp> at;
    QString by;
    QString what;
};

/// The part of the journal that the report stands on.
struct JournalEntry
{
    qint64 from = 0;
    qint64 to = 0;
    qint64 records = 0;
    QString headHash;
    bool verified = false;
    QString reason;
};

/// One row of the journal. `plan`, `step` and `attempt` are empty if the document does not name them.
struct EventEntry
{
    qint64 sequence = 0;
    std::optional<Timestamp> at;
    QString by;
    QString kind;
    QString summary;
    QString plan;
    QString step;
    int attempt = 0;
    /// Public half of the key that signed, lower-case hex.
    QString keyId;
};

/// What a row says of the clock that wrote it.
struct ClockEntry
{
    qint64 sequence = 0;
    std::optional<Timestamp> at;
    QString text;
};

struct ReportData
{
    /// Of one plan, or of an incident with all its plans.
    bool ofPlan = true;
    Timestamp generatedAt;
    QString store;
    QString programVersion;
    Incident incident;
    QList<PlanEntry> plans;
    QList<DecisionEntry> decisions;
    JournalEntry journal;
    QList<EventEntry> events;
    QList<ClockEntry> clock = {};
};

/// InvalidInput with the place and what was expected there, such as
/// `plan.steps[2].state: expected one of waiting, ready, ...`. Fields that the report can do without may be missing;
/// a field of the wrong type is refused.
[[nodiscard]] Result<ReportData> readReport(const QByteArray& json);

} // namespace rc::ui::report
