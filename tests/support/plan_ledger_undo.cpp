// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_ledger.h"

/// What the ledger knows of taking back and putting off.

namespace rc::test {

QString PlanLedger::undoStarted(const QJsonObject& body, const Actor& actor, Timestamp now)
{
    const auto index = at(body);
    auto& line = m_steps[index];
    if (m_status == "completed" || m_status == "aborting") {
        return "a plan that is over, or is being aborted, is not changed";
    }
    if (!mayWork(index, actor)) {
        return "roles are checked for every act";
    }
    if (isUnderWay(index) || standing(index) != "undoable") {
        return "only what stands, and was kept before, is undone";
    }
    for (const auto later : withDependents(index)) {
        if (later != index && (isUnderWay(later) || standing(later) != "no_effect")) {
            return "steps are undone backwards";
        }
    }
    if (isPastItsReturn(index)) {
        return "nothing is undone before a point of no return that was ever begun";
    }
    line.beforeUndo = line.progress;
    line.progress = Progress::Running;
    line.undoing = true;
    line.hands.insert(actor.id.text());
    m_verifying = false;
    m_green = false;
    endOtherConsents(index, "undo");
    if (workStatus() == "soaking") {
        workStatus() = "in_progress";
    }
    return consentMissing(index, body["approvals"].toArray(), actor.id.text(), "undo", now);
}

QString PlanLedger::undoEnded(const QString& kind, const QJsonObject& body)
{
    const auto index = at(body);
    auto& line = m_steps[index];
    if (!line.undoing || (line.progress != Progress::Running && line.progress != Progress::Unknown)) {
        return "only an undo that was begun ends";
    }
    line.undoing = false;
    if (kind == "step_undo_failed") {
        line.progress = line.beforeUndo;
        leaveVerificationFailed();
        return {};
    }
    line.progress = Progress::Undone;
    line.leftInHand = false;
    line.skippedWith.clear();
    line.unneeded = false;
    line.effects.removeLast();
    if (m_status == "aborted") {
        return {};
    }
    for (const auto later : withDependents(index)) {
        const bool over = isDone(later) || m_steps[later].progress == Progress::Failed;
        if (later != index && over) {
            reopen(later, attemptAfter(later));
        }
    }
    return {};
}

bool PlanLedger::isPastItsReturn(qsizetype index) const
{
    const auto last = m_procedure.indexOf(m_procedure.steps[index].reversibleUntil);
    return last >= 0 && (isUnderWay(last) || !m_steps[last].effects.isEmpty());
}

QString PlanLedger::standing(qsizetype index) const
{
    const auto& step = m_procedure.steps[index];
    const auto& effects = m_steps[index].effects;
    if (effects.isEmpty()) {
        return "no_effect";
    }
    if (step.reversibility == Reversibility::Irreversible) {
        return "final";
    }
    if (step.isManual()) {
        return step.undo.isEmpty() ? QString("no_effect") : QString("undoable");
    }
    return effects.last().kind.isEmpty() ? QString("final") : effects.last().kind;
}

QString PlanLedger::captured(const QJsonObject& body)
{
    auto& line = m_steps[at(body)];
    const Effect effect{line.attempt, body["kind"].toString(), line.parameters};
    if (line.effects.isEmpty() || line.effects.last().attempt != line.attempt) {
        line.effects.append(effect);
    } else {
        line.effects.last() = effect;
    }
    return line.progress == Progress::Running && !line.undoing && !m_procedure.steps[at(body)].isManual()
               ? QString()
               : "what was there is kept while the step runs";
}

void PlanLedger::effectBegun(qsizetype index, const QJsonObject& body)
{
    auto& line = m_steps[index];
    line.parameters = canonicalJson(body["parameters"].toObject());
    if (m_procedure.steps[index].isManual() && line.effects.isEmpty()) {
        line.effects.append({line.attempt, "person", line.parameters});
    }
}

void PlanLedger::effectGivenUp(qsizetype index, bool withoutEffect)
{
    auto& line = m_steps[index];
    const bool own = !line.effects.isEmpty() && line.effects.last().attempt == line.attempt;
    if (own && (withoutEffect || (line.effects.size() > 1 && line.effects.last().kind == "no_effect"))) {
        line.effects.removeLast();
    }
}

void PlanLedger::effectEnded(qsizetype index, bool success, bool reverted)
{
    auto& line = m_steps[index];
    const bool inherited = !line.effects.isEmpty() && line.effects.last().attempt != line.attempt &&
                           !line.effects.last().whole && !line.effects.last().kind.isEmpty() &&
                           line.effects.last().parameters == line.parameters;
    if (!success && reverted && inherited && !m_procedure.steps[index].isManual()) {
        line.effects.removeLast();
        return;
    }
    if (!success || (line.effects.size() > 1 && line.effects.last().kind == "no_effect")) {
        effectGivenUp(index, reverted && !success);
        return;
    }
    if (m_procedure.steps[index].isManual()) {
        return;
    }
    const bool counts =
        !line.effects.isEmpty() && (line.effects.last().attempt == line.attempt ||
                                    (!line.effects.last().whole && line.effects.last().parameters == line.parameters));
    if (!counts) {
        line.effects.append({line.attempt, {}, line.parameters});
    }
    line.effects.last().whole = true;
}

QString PlanLedger::branch(const QString& kind, const QJsonObject& body)
{
    const QString step = body["step"].toString();
    if (kind == "branch_held") {
        m_held.insert(step);
        return {};
    }
    return m_held.remove(step) ? QString() : "only what was put off goes on";
}

} // namespace rc::test
