// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_ledger.h"

namespace rc::test {

QSet<qsizetype> PlanLedger::withDependents(qsizetype index) const
{
    QSet<qsizetype> found{index};
    for (bool grew = true; grew;) {
        grew = false;
        for (qsizetype i = 0; i < m_steps.size(); ++i) {
            for (const auto& need : m_procedure.steps[i].after) {
                if (!found.contains(i) && found.contains(m_procedure.indexOf(need))) {
                    found.insert(i);
                    grew = true;
                }
            }
        }
    }
    return found;
}

bool PlanLedger::allDone() const
{
    for (qsizetype i = 0; i < m_steps.size(); ++i) {
        if (!isDone(i)) {
            return false;
        }
    }
    return true;
}

void PlanLedger::leaveVerificationFailed()
{
    const bool ownersDone = std::ranges::all_of(m_owners, [this](qsizetype owner) { return isDone(owner); });
    if (workStatus() == "verification_failed" && ownersDone) {
        workStatus() = "in_progress";
    }
}

QString PlanLedger::take(const QString& kind, const QJsonObject& body, const Actor& actor, Timestamp now, Source source)
{
    const bool isOfSkip = kind == "step_skipped" && (body["unneeded"].toBool() || !body["with"].toString().isEmpty());
    if (!isOfSkip) {
        m_lost.clear();
    }
    if (m_status == "completed" || m_status == "aborted") {
        const bool settles =
            (kind == "step_succeeded" || kind == "step_failed") && m_steps[at(body)].progress == Progress::Unknown;
        const bool cleansUp = m_status == "aborted" && kind.startsWith("step_") && !settles;
        if (kind == "note_added") {
            return {};
        }
        if (!settles && !cleansUp) {
            return "nothing happens to a plan that has ended, but what it left is settled";
        }
        if (settles) {
            return ended(kind, body, actor, source);
        }
    }
    if (kind == "step_undo_started") {
        return undoStarted(body, actor, now);
    }
    if (kind == "step_undone" || kind == "step_undo_failed") {
        return undoEnded(kind, body);
    }
    if (kind == "step_captured") {
        return captured(body);
    }
    if (kind == "step_cancel_requested" || kind == "step_deviated") {
        return m_steps[at(body)].progress == Progress::Running ? QString() : "only what runs is stopped or looked at";
    }
    if (kind == "branch_held" || kind == "branch_released") {
        return branch(kind, body);
    }
    if (kind == "step_started") {
        return started(body, actor, now, source);
    }
    if (kind == "step_succeeded" || kind == "step_failed") {
        return ended(kind, body, actor, source);
    }
    if (kind == "step_skipped") {
        return skipped(body, actor, now);
    }
    if (kind == "step_retried") {
        return retried(body, actor, source);
    }
    if (kind == "step_approved") {
        return approved(body, actor, now);
    }
    if (kind == "verification_finished") {
        return verified(body, now);
    }
    if (kind == "plan_declared" || kind == "plan_completed") {
        return closed(kind, actor, now);
    }
    return changesPlan(kind, body, actor);
}

QString PlanLedger::changesPlan(const QString& kind, const QJsonObject& body, const Actor& actor)
{
    if (kind == "plan_armed" || kind == "plan_disarmed") {
        m_armedBy = kind == "plan_armed" ? actor.id.text() : QString();
        m_armedFor.clear();
        m_crossing.clear();
        for (const auto step : body["crossing"].toArray()) {
            m_crossing.insert(m_procedure.indexOf(StepId(step.toString())));
        }
        for (const auto step : body["steps"].toArray()) {
            m_armedFor.unite(withDependents(m_procedure.indexOf(StepId(step.toString()))));
        }
        return kind == "plan_disarmed" || isWorkedOn() ? QString() : "only a plan that is worked on is armed";
    }
    if (kind == "step_found_unknown") {
        auto& line = m_steps[at(body)];
        const bool running = line.progress == Progress::Running && !m_procedure.steps[at(body)].isManual();
        line.progress = Progress::Unknown;
        m_armedBy.clear(); // there is one executor in these tests
        return running ? QString() : "only an automated step that runs is found unknown";
    }
    if (kind == "verification_started") {
        m_verifying = true;
        m_verification += 1;
        return allDone() && m_verification == body["attempt"].toInt() ? QString()
                                                                      : "verification comes after the last step";
    }
    if (kind == "verification_cancelled") {
        m_verifying = false;
        return {};
    }
    if (kind == "plan_paused" || kind == "plan_aborting") {
        m_armedBy.clear();
        m_verifying = m_verifying && kind == "plan_paused";
        const QString before = m_status;
        const QString broken = moves(kind.mid(5));
        m_beforePause = before;
        return broken;
    }
    if (kind == "plan_resumed") {
        return moves(m_beforePause);
    }
    if (kind == "plan_aborted") {
        for (auto& line : m_steps) {
            // What somebody had taken is left as it is; it may be taken back, and has to be asked for.
            line.leftInHand = line.progress == Progress::Running;
            line.progress = line.leftInHand ? Progress::Open : line.progress;
        }
        return moves("aborted");
    }
    return {};
}

QString PlanLedger::moves(const QString& to)
{
    static const QHash<QString, QStringList> legal{
        {"in_progress", {"paused", "aborting", "soaking", "verification_failed"}},
        {"verification_failed", {"in_progress", "paused", "aborting", "soaking", "verification_failed"}},
        {"soaking", {"paused", "aborting", "verification_failed", "soaking", "completed"}},
        {"paused", {"in_progress", "verification_failed", "soaking", "aborting"}},
        {"aborting", {"aborted"}},
    };
    if (!legal.value(m_status).contains(to)) {
        return QString("no plan goes from %1 to %2").arg(m_status, to);
    }
    m_status = to;
    return {};
}

QString PlanLedger::started(const QJsonObject& body, const Actor& actor, Timestamp now, Source source)
{
    const auto index = at(body);
    auto& line = m_steps[index];
    if (!isItsTurn(index)) {
        return "nothing runs before what it needs";
    }
    if (isUndecided(index)) {
        return "no step runs while a step that its conditions ask is open";
    }
    if (isUnneeded(index)) {
        return "no step runs that is not needed";
    }
    if (const auto broken = source == Source::Arming ? startedByArming(index, actor) : QString(); !broken.isEmpty()) {
        return broken;
    }
    for (qsizetype other = 0; other < m_steps.size(); ++other) {
        if (m_held.contains(m_procedure.steps[other].id.text()) && withDependents(other).contains(index)) {
            return "nothing starts that was put off";
        }
    }
    if (line.notBefore && now < *line.notBefore) {
        return "no attempt begins before its wait is over";
    }
    if (!isWorkedOn()) {
        return "nothing starts in a plan that is not worked on";
    }
    if (!mayWork(index, actor)) {
        return "roles are checked for every step";
    }
    if (line.progress != Progress::Open || line.ended.contains(line.attempt)) {
        return "no step twice without an explicit retry";
    }
    if (body["attempt"].toInt() != line.attempt) {
        return "a start is of the attempt that waits";
    }
    line.progress = Progress::Running;
    m_crossing.remove(index);
    line.hands.insert(actor.id.text());
    effectBegun(index, body);
    endOtherConsents(index, "run");
    return consentMissing(index, body["approvals"].toArray(), actor.id.text(), "run", now);
}

QString PlanLedger::ended(const QString& kind, const QJsonObject& body, const Actor& actor, Source source)
{
    const auto index = at(body);
    auto& line = m_steps[index];
    if ((line.progress != Progress::Running && line.progress != Progress::Unknown) || line.undoing) {
        return "only what was started ends";
    }
    if (body["attempt"].toInt() != line.attempt || line.ended.contains(line.attempt)) {
        return "an attempt ends once";
    }
    for (const auto& consent : m_consents) {
        if (source != Source::Executor && consent.step == body["step"].toString() && consent.attempt == line.attempt &&
            consent.used && consent.person == actor.id.text()) {
            return "who approves a step does not run it";
        }
    }
    const bool success = kind == "step_succeeded";
    for (const auto& output : m_procedure.steps[index].outputs) {
        if (success && !body["result"]["fields"].toObject().contains(output)) {
            return "a success leaves its declared outputs";
        }
    }
    if (success != body["result"]["success"].toBool()) {
        return "a failed result does not count as done";
    }
    line.progress = success ? Progress::Succeeded : Progress::Failed;
    line.fields = body["result"]["fields"].toObject();
    effectEnded(index, success, body["result"]["reverted"].toBool());
    line.ended.insert(line.attempt);
    line.hands.insert(actor.id.text());
    if (success) {
        leaveVerificationFailed();
    }
    return {};
}

QString PlanLedger::skipped(const QJsonObject& body, const Actor& actor, Timestamp now)
{
    const auto index = at(body);
    const auto& step = m_procedure.steps[index];
    auto& line = m_steps[index];
    const bool unneeded = body["unneeded"].toBool();
    if (unneeded && !isUnneeded(index)) {
        return "a step is not needed when its turn has come and its conditions say so";
    }
    const bool may = step.critical ? actor.has(Role::IncidentCommander) : mayWork(index, actor);
    if (!may && !unneeded) {
        return "only a commander skips a critical step";
    }
    if (!unneeded && leavesOutForbidden(index, actor)) {
        return "who skips a step may also skip what would not be needed then";
    }
    const bool open =
        line.progress == Progress::Open || line.progress == Progress::Failed || line.progress == Progress::Undone;
    if (!open || (!isWorkedOn() && !unneeded)) {
        return "what runs or is done is not skipped";
    }
    for (const auto& check : m_procedure.verification) {
        if (check.parameters["height"] == QString("${steps.%1.result.figure}").arg(step.id.text())) {
            return "no step is done without whose result a check reads";
        }
    }
    line.progress = Progress::Skipped;
    const bool decided = !unneeded || asksLost(index);
    if (decided) {
        m_lost.insert(index);
    }
    line.skippedWith = body["with"].toString();
    line.unneeded = unneeded;
    leaveVerificationFailed();
    return !decided ? QString() : consentMissing(index, body["approvals"].toArray(), actor.id.text(), "skip", now);
}

void PlanLedger::reopen(qsizetype index, int attempt)
{
    auto& line = m_steps[index];
    line.progress = Progress::Open;
    line.attempt = attempt;
    line.undoing = false;
    line.skippedWith.clear();
    line.unneeded = false;
    line.notBefore.reset();
    for (const auto later : withDependents(index)) {
        if (later != index && m_steps[later].unneeded && m_steps[later].progress == Progress::Skipped) {
            reopen(later, m_steps[later].attempt);
        }
    }
}

QString PlanLedger::retried(const QJsonObject& body, const Actor& actor, Source source)
{
    const auto index = at(body);
    auto& line = m_steps[index];
    const bool automatic = source == Source::Executor;
    if (automatic && line.tries >= m_procedure.steps[index].retry.attempts) {
        return "nothing is tried again by itself more often than the procedure says";
    }
    if (!automatic && (!mayWork(index, actor) || (!isWorkedOn() && source != Source::Probe))) {
        return "a retry is the act of a person with the step's role, in a plan that is worked on";
    }
    if (line.progress == Progress::Open || line.progress == Progress::Running || line.progress == Progress::Succeeded ||
        line.undoing) {
        return "only what failed, was interrupted, undone or skipped is taken up again";
    }
    for (qsizetype other = 0; other < m_steps.size(); ++other) {
        const auto progress = m_steps[other].progress;
        const bool ran = progress == Progress::Succeeded || progress == Progress::Running;
        if (ran && m_procedure.steps[other].after.contains(m_procedure.steps[index].id)) {
            return "no step is taken up behind one that needed it";
        }
    }
    if (line.progress == Progress::Unknown) {
        effectGivenUp(index,
                      source == Source::Probe && !line.effects.isEmpty() && line.effects.last().kind != "undoable");
    }
    const int tries = automatic ? line.tries + 1 : 1;
    line.wanted = line.wanted || line.unneeded;
    reopen(index, line.attempt + 1);
    line.tries = tries;
    line.notBefore = automatic ? fromRfc3339(body["not_before"].toString()) : std::nullopt;
    const auto id = m_procedure.steps[index].id;
    for (const auto later : withDependents(index)) {
        bool wentOn = false;
        for (qsizetype after = 0; after < m_steps.size(); ++after) {
            wentOn =
                wentOn || (m_procedure.steps[after].after.contains(m_procedure.steps[later].id) &&
                           m_steps[after].progress != Progress::Open && m_steps[after].progress != Progress::Skipped);
        }
        if (later != index && m_steps[later].skippedWith == id.text() && !wentOn) {
            reopen(later, m_steps[later].attempt);
        }
    }
    m_verifying = false;
    m_green = false;
    return body["attempt"].toInt() == line.attempt ? QString() : "attempts count up by one";
}

QString PlanLedger::verified(const QJsonObject& body, Timestamp now)
{
    if (!m_verifying || body["attempt"].toInt() != m_verification || !allDone()) {
        return "a verification ends that was begun, and that no step has overtaken";
    }
    QHash<QString, bool> answers;
    for (const auto& result : body["results"].toArray()) {
        const auto id = result.toObject()["id"].toString();
        answers[id] = answers.value(id, true) && result.toObject()["passed"].toBool();
        if (result.toObject()["attempt"].toInt() != m_verification) {
            return "a result is of the attempt that ran";
        }
    }
    m_verifying = false;
    m_verifiedAt = now;
    m_green = true;
    m_owners.clear();
    QSet<qsizetype> reopened;
    for (const auto& check : m_procedure.verification) {
        if (!answers.value(check.id.text(), false)) {
            m_green = false;
            if (const auto owner = m_procedure.indexOf(check.ownerStep); owner >= 0) {
                m_owners.insert(owner);
                reopened.unite(withDependents(owner));
            }
        }
    }
    for (const auto index : m_owners) {
        m_steps[index].wanted = true;
    }
    for (const auto index : reopened) {
        if (isDone(index)) { // else it has come back with another already
            reopen(index, attemptAfter(index));
        }
    }
    if (m_green == body["soak_until"].isNull()) {
        return "only a whole verification that passed begins the soak";
    }
    m_soakUntil = m_green ? *fromRfc3339(body["soak_until"].toString()) : Timestamp();
    m_armedBy = m_green ? m_armedBy : QString();
    const auto next = m_green ? QString("soaking") : QString("verification_failed");
    if (m_status == "paused") {
        m_beforePause = next;
        return {};
    }
    return moves(next);
}

QString PlanLedger::closed(const QString& kind, const Actor& actor, Timestamp now)
{
    const bool declared = kind == "plan_declared";
    if (declared == (m_procedure.closing == Closing::Automatic) && !declared) {
        return "only a procedure that says so closes by itself";
    }
    if (declared && !actor.hasOneOf(m_procedure.declaredBy)) {
        return "the end is declared by a role";
    }
    if (!m_green || m_verifying || !allDone() || now < m_soakUntil || m_verifiedAt < m_soakUntil) {
        return "a plan ends only after a whole verification that passed, held for its soak, with nothing open";
    }
    m_armedBy.clear();
    return moves("completed");
}

} // namespace rc::test
