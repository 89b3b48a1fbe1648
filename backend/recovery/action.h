// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/identity/session.h"
#include "backend/journal/journal.h"
#include "model/plan/plan_decisions.h"

namespace rc {

/// What an action is run with: its parameters as they will be used, and for whom.
struct ActionContext
{
    QJsonObject parameters;
    Incident incident;
    OperatorId operatorId;
    /// `PLAN-1/roll_back`, or the id of an action without a plan.
    QString holder;
    Operation operation;
    /// Start of the intent; for a probe, that of the interrupted attempt. Of an undo, when what it takes back was
    /// begun.
    Timestamp startedAt;
    int attempt = 1;
    /// What the intent is for; a probe is asked about that act.
    StepAct act = StepAct::Run;
    /// Start of the intent to undo. An attempt that is undone several times, effect by effect, tells its undos by it.
    Timestamp undoStartedAt = {};
    /// What capture() has kept; empty before it.
    QJsonObject preImage = {};
    /// Journals a fact that belongs to the action, e.g. a rollback, while it goes on.
    std::function<Status(const QString& kind, const QJsonObject& body)> record = {};
};

/// What a dry run found: sentences about what would happen to which system, with diffs as text.
struct Effect
{
    SystemId system;
    QString what;
    QString diff;
};
[[nodiscard]] QJsonObject toJson(const Effect& effect);

/// What a probe found out about an interrupted action, with the result to journal if it had taken effect.
struct Probe
{
    EffectState answer = EffectState::CannotTell;
    StepResult result;
};

/// Everything a step can do, one small interface (docs/architecture.md, "What a step can do"). The engine knows nothing
/// else. Actions are thin; the services they call do the work and are usable without a plan.
class Action
{
public:
    /// The clock dates what it says.
    explicit Action(Clock clock)
        : m_clock(std::move(clock))
    {
    }
    Action(const Action&) = delete;
    Action& operator=(const Action&) = delete;
    virtual ~Action() = default;

    [[nodiscard]] virtual ActionType type() const = 0;
    /// What it does with these parameters, a sentence for whoever confirms it.
    [[nodiscard]] virtual QString describe(const QJsonObject& parameters) const = 0;
    /// The systems it touches, to be claimed before it runs; none for one that only looks. Those that the parameters
    /// name as `systems`, unless the action says otherwise.
    [[nodiscard]] virtual QList<SystemId> systems(const QJsonObject& parameters) const;
    /// Why it cannot run with these parameters, e.g. a system that the inventory lacks. Changes nothing.
    [[nodiscard]] virtual QCoro::Task<Status> canRun(ActionContext context) = 0;
    /// How long it would take, as far as the action itself knows. Most do not: history knows better.
    [[nodiscard]] virtual QCoro::Task<std::optional<Milliseconds>> estimate(ActionContext context);
    /// The effects it would have; touches nothing (product rule 9).
    [[nodiscard]] virtual QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) = 0;
    /// Keeps what undo() needs, before execute() touches anything (product rule 8); or says that nothing can be, or has
    /// to be, taken back.
    [[nodiscard]] virtual QCoro::Task<Result<Capture>> capture(ActionContext context) = 0;
    /// Does it. A failure is a result with its sentence; so is a cancellation.
    [[nodiscard]] virtual QCoro::Task<StepResult> execute(ActionContext context) = 0;
    /// Whether an interrupted act (context.act) took effect. Read-only.
    [[nodiscard]] virtual QCoro::Task<Probe> probe(ActionContext context) = 0;
    /// Restores what was captured. Called only where capture() has said that it can be undone; cannotUndo() for an
    /// action that never says so.
    [[nodiscard]] virtual QCoro::Task<StepResult> undo(ActionContext context);

protected:
    [[nodiscard]] Timestamp now() const { return m_clock(); }

private:
    Clock m_clock;
};

/// The answer of actions that cannot tell what became of an interrupted act.
[[nodiscard]] Probe cannotTell(const QString& why, Timestamp at);
/// The result of undoing something that cannot be undone; reached only by a plan whose journal says otherwise.
[[nodiscard]] StepResult cannotUndo(Timestamp at);

/// Writes the facts of an action to the stream `actions`, each with its holder (see ActionContext::record). The journal
/// must outlive it.
[[nodiscard]] std::function<Status(const QString& kind, const QJsonObject& body)>
factRecorder(Journal& journal, std::shared_ptr<Session> session, const QString& holder);

/// The parameters of a check with since when marks are doubtful: the incident's, where they say nothing else.
[[nodiscard]] QJsonObject checkParameters(QJsonObject parameters, const Incident& incident);

/// What is left of a system that does not run, for StepResult::leftovers.
[[nodiscard]] QJsonObject standsStill(const SystemId& system);

/// A failed result from an error.
[[nodiscard]] StepResult failedResult(const Error& error, Timestamp at);

} // namespace rc
