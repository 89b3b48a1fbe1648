// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/approval.h"

#include <optional>

/// What the events of a plan have made of each of its steps.

namespace rc {

/// What came out of a step (the seed's StepResult): a failure is a result too, and does not count as done.
struct StepResult
{
    bool success = false;
    QString message;
    /// The fields that other steps may refer to, and the details for reports.
    QJsonObject fields;
    /// What the action left behind as proof; each has a `kind` of ArtifactKind.
    QJsonArray artifacts;
    Timestamp timestamp;
    /// What it left in a state that nobody wants, when it failed or was stopped; each `{system, what, cleanup}`, where
    /// `cleanup` says what to do about it.
    QJsonArray leftovers = {};
    /// Of a failure: everything is as it was before, so that there is nothing to undo.
    bool reverted = false;
    /// Of a failure: nobody knows whether it took effect; a person decides what follows.
    bool doubtful = false;

    friend bool operator==(const StepResult&, const StepResult&) = default;
};
[[nodiscard]] QJsonObject toJson(const StepResult& result);
[[nodiscard]] StepResult stepResultFromJson(const QJsonObject& object);

/// The process that runs steps. Others see by its lock whether it lives.
struct Executor
{
    QString id;
    /// Host, boot id, pid and start time, for people who look for it.
    QJsonObject process;

    friend bool operator==(const Executor&, const Executor&) = default;
};

/// An approval as given, and whether a start has used it up.
struct Approval
{
    ApprovalStatement statement;
    Timestamp at;
    bool used = false;
    /// An event since lies at or behind its end, and a clock that is set back does not revive it; or something else
    /// was begun with the step than it was given for.
    bool isOver = false;

    friend bool operator==(const Approval&, const Approval&) = default;
};

/// What the events have made of a step so far. What a person sees (StepState) is derived from it, see Plan::stateOf.
enum class StepProgress {
    Pending,
    Running,
    Succeeded,
    Failed,
    Skipped,
    Unknown,
    Undone,
    NotRun,
};

/// What was found and kept before a step touched anything (product rule 8).
struct Capture
{
    enum class Kind {
        /// The pre-image can be restored.
        Undoable,
        /// What it does cannot be taken back.
        Final,
        /// It changes nothing that would have to be taken back.
        NoEffect,
    };
    Kind kind = Kind::NoEffect;
    /// What undoing would do, or why it cannot be undone; a sentence.
    QString how;
    /// What the action needs to restore what was there.
    QJsonObject preImage;

    friend bool operator==(const Capture&, const Capture&) = default;
};
template <>
inline constexpr auto enumIds<Capture::Kind> = std::to_array<QLatin1StringView>({
    QLatin1StringView("undoable"),
    QLatin1StringView("final"),
    QLatin1StringView("no_effect"),
});

/// What an attempt did before one that found other things than it had.
struct EarlierEffect
{
    /// Nothing: it was not kept.
    std::optional<Capture> capture;
    QJsonObject parameters;
    QList<SystemId> systems;
    bool isWhole = false;

    friend bool operator==(const EarlierEffect&, const EarlierEffect&) = default;
};

/// Somebody wants a running step to end before it is done.
struct CancelRequest
{
    OperatorId by;
    Timestamp at;
    QString reason;

    friend bool operator==(const CancelRequest&, const CancelRequest&) = default;
};

/// Where the real run was about to do something else than the dry run it was started from had shown.
struct Deviation
{
    int attempt = 1;
    QJsonArray expected;
    QJsonArray found;

    friend bool operator==(const Deviation&, const Deviation&) = default;
};

struct StepRecord
{
    StepProgress progress = StepProgress::Pending;
    int attempt = 1;
    /// What the intent under way is for; of an interrupted one, what it was for.
    StepAct act = StepAct::Run;
    /// What it was before it was to be undone, and is again if that does not succeed.
    StepProgress beforeUndo = StepProgress::Succeeded;
    /// Since when no other step keeps this attempt waiting.
    std::optional<Timestamp> readySince;
    /// Its executor died, and a probe or a person said afterwards what came of it.
    bool interrupted = false;
    /// An attempt after a failure waits that long.
    std::optional<Timestamp> notBefore;
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> completedAt;
    OperatorId startedBy;
    OperatorId completedBy;
    Executor executor;
    /// As frozen in the intent.
    QJsonObject parameters;
    QList<SystemId> systems;
    StepResult result;
    /// Of all attempts; those of earlier ones have lapsed.
    QList<Approval> approvals;
    QJsonArray evidence;
    QString note;
    /// Skipped with that step, whose result it needs. Empty: for a reason of its own.
    StepId skippedWith;
    /// Skipped because its conditions did not hold.
    bool unneeded = false;
    /// A person wants it run whatever its conditions say.
    bool wantedAnyway = false;
    /// What was there before the effect that stands, kept until that is taken back, whatever becomes of the step. Of
    /// attempts that failed on their way the first has seen what was there before.
    std::optional<Capture> capture;
    /// The step has begun to change something, and nobody has taken that back.
    bool hasEffect = false;
    /// It is of an attempt before the one under way, and of one that succeeded.
    bool effectIsEarlier = false;
    bool effectIsWhole = false;
    /// What stands below it, latest last.
    QList<EarlierEffect> earlierEffects;
    /// What its attempts, since the last success, have left in a state that nobody wants.
    QJsonArray leftovers;
    std::optional<CancelRequest> cancel;
    /// Tries since a person last asked for one.
    int tries = 1;
    /// Why it was to be undone, and what came of it if that failed.
    QString undoReason;
    QString undoFailure;
    std::optional<Timestamp> undoStartedAt;
    QList<Deviation> deviations;
    /// Everyone who has started or finished an attempt: none of them approves another (product rule 3).
    QList<OperatorId> hands;

    /// Whether nothing can be done with an approval any more, used or not, that was given for this step.
    [[nodiscard]] bool isOver(const Approval& approval) const
    {
        return approval.isOver || approval.statement.attempt != attempt;
    }

    friend bool operator==(const StepRecord&, const StepRecord&) = default;
};

/// Nothing that depends on it waits for it any more.
[[nodiscard]] inline bool isDone(const StepRecord& record)
{
    return record.progress == StepProgress::Succeeded || record.progress == StepProgress::Skipped;
}

/// The seed's StepCompletion: one entry per finished attempt, kept for ever.
struct StepCompletion
{
    StepId step;
    int attempt = 1;
    StepResult result;
    Timestamp completedAt;
    OperatorId completedBy;
    QString note;
    QJsonArray evidence;
    /// When the attempt was started or taken, and since when it could have been.
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> readySince;
    bool interrupted = false;

    friend bool operator==(const StepCompletion&, const StepCompletion&) = default;
};

/// One run of all checks.
struct VerificationRun
{
    int attempt = 1;
    Timestamp startedAt;
    std::optional<Timestamp> finishedAt;
    bool passed = false;

    friend bool operator==(const VerificationRun&, const VerificationRun&) = default;
};

/// The seed's VerificationResult, with the attempt it belongs to.
struct VerificationResult
{
    VerificationId id;
    QString name;
    bool passed = false;
    QString detail;
    Timestamp at;
    int attempt = 1;

    friend bool operator==(const VerificationResult&, const VerificationResult&) = default;
};
[[nodiscard]] QJsonObject toJson(const VerificationResult& result);
[[nodiscard]] VerificationResult verificationResultFromJson(const QJsonObject& object);

} // namespace rc
