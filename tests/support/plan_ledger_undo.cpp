// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_ledger.h"

/// What the ledger knows of taking back and putting off.

namespace rc::test {

QString PlanLedger::undoStarted(const QJsonObject& body, const Actor& actor, Timestamp now)
{
    const auto index = at(body);
    const auto& step = m_procedure.steps[index];
    auto& line = m_steps[index];
    if (m_status == "completed" || m_status == "aborting") {
        return "a plan that is over, or is being aborted, is not changed";
    }
    if (!mayWork(index, actor)) {
        return "roles are checked for every act";
    }
    if (line.progress != Progress::Succeeded && line.progress != Progress::Failed) {
        return "only what has run is undone";
    }
    const bool isThereAWay = step.isManual() ? !step.undo.isEmpty() : line.kept;
    if (!isThereAWay || step.reversibility == Reversibility::Irreversible) {
        return "nothing is undone without what was kept before";
    }
    for (const auto later : withDependents(index)) {
        const auto& other = m_steps[later];
        const bool ran = other.progress == Progress::Succeeded || other.progress == Progress::Failed;
        const bool hasEffect =
            m_procedure.steps[later].isManual() ? !m_procedure.steps[later].undo.isEmpty() : other.kept;
        const bool busy = other.progress == Progress::Running || other.progress == Progress::Unknown;
        if (later != index && (busy || (ran && hasEffect))) {
            return "steps are undone backwards";
        }
    }
    line.beforeUndo = line.progress;
    line.progress = Progress::Running;
    line.undoing = true;
    line.hands.insert(actor.id.text());
    m_verifying = false;
    m_green = false;
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
        return {};
    }
    line.progress = Progress::Undone;
    line.kept = false;
    if (m_status == "aborted") {
        return {};
    }
    for (const auto later : withDependents(index)) {
        const bool over = isDone(later) || m_steps[later].progress == Progress::Failed;
        if (later != index && over) {
            reopen(later, m_steps[later].attempt + 1);
        }
    }
    return {};
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
