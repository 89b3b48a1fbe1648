// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan_decisions.h"
#include "model/plan/refusals.h"

#include <algorithm>

/// Decisions that need a second look by design: approvals, verification, the end.

namespace rc {

using namespace refusals;

namespace {

/// Who started the plan, armed it, or ran the step before does not approve it (product rule 3).
Status needsSecondPerson(const Plan& plan, qsizetype index, const Actor& actor, Timestamp now, StepAct act)
{
    if (actor.id == plan.startedBy || actor.id == plan.armedBy || plan.steps[index].hands.contains(actor.id)) {
        return fail(ErrorCode::PermissionDenied,
                    QString("%1 has started or runs plan %2 and cannot approve its steps; a second person has to.")
                        .arg(actor.id.text(), plan.id.text()));
    }
    for (const auto& approval : plan.validApprovals(index, now, act)) {
        if (approval.statement.approver == actor.id) {
            return fail(
                ErrorCode::Conflict,
                QString("%1 has approved step '%2' already.").arg(actor.id.text(), plan.procedure.steps[index].name));
        }
    }
    return {};
}

/// The roles in which this person's consent is still wanted; at least one.
Result<QList<Role>> wantedRoles(const Plan& plan, qsizetype index, const Actor& actor, Timestamp now, StepAct act)
{
    const auto& step = plan.procedure.steps[index];
    if (step.approvals.isEmpty()) {
        return fail(ErrorCode::WrongState, QString("Step '%1' needs no approval.").arg(step.name));
    }
    QList<Role> missing;
    for (const auto& need : plan.missingApprovals(index, now, act)) {
        missing.append(need.role);
    }
    if (missing.isEmpty()) {
        return fail(ErrorCode::Conflict, QString("Step '%1' has all the approvals it needs.").arg(step.name));
    }
    if (const auto allowed = needsRole(actor, missing, QString("Approving step '%1'").arg(step.name)); !allowed) {
        return std::unexpected(allowed.error());
    }
    missing.removeIf([&](Role role) { return !actor.has(role); });
    return missing;
}

/// Every check of the procedure with an answer in this attempt: one that did not come is a failure.
Result<QList<VerificationResult>> completeResults(const Plan& plan, QList<VerificationResult> results, Timestamp now)
{
    QSet<VerificationId> answered;
    for (auto& result : results) {
        if (std::ranges::find(plan.procedure.verification, result.id, &VerificationStep::id) ==
            plan.procedure.verification.end()) {
            return fail(ErrorCode::InvalidInput,
                        QString("Plan %1 has no check '%2'.").arg(plan.id.text(), result.id.text()));
        }
        result.attempt = plan.verificationAttempt;
        answered.insert(result.id);
    }
    for (const auto& check : plan.procedure.verification) {
        if (!answered.contains(check.id)) {
            results.append({check.id, check.name, false, "This check was not run.", now, plan.verificationAttempt});
        }
    }
    return results;
}

} // namespace

namespace {

/// Whether anybody could consent to the act as things stand.
Status needsOpenQuestion(const Plan& plan, qsizetype index, StepAct act)
{
    if (act != StepAct::Run) {
        return act == StepAct::Undo ? mayUndo(plan, index) : maySkip(plan, index);
    }
    const auto working = needsWorkingPlan(plan);
    return working ? needsUntaken(plan, index) : working;
}

} // namespace

Result<ApprovalStatement> approvalStatement(const Plan& plan, const StepId& stepId, const Actor& actor,
                                            const QString& nonce, Timestamp now, Milliseconds validFor, StepAct act)
{
    const auto index = findStep(plan, stepId);
    if (!index) {
        return std::unexpected(index.error());
    }
    for (const auto& check : {needsOpenQuestion(plan, *index, act), needsSecondPerson(plan, *index, actor, now, act)}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    const auto roles = wantedRoles(plan, *index, actor, now, act);
    if (!roles) {
        return std::unexpected(roles.error());
    }
    if (act == StepAct::Run &&
        (plan.steps[*index].progress != StepProgress::Pending || !plan.dependenciesMet(*index))) {
        return fail(ErrorCode::InvalidStepIndex,
                    QString("Step '%1' cannot be approved yet: what it will do is not settled before it is its turn.")
                        .arg(plan.procedure.steps[*index].name));
    }
    const auto parameters = plan.parametersFor(*index, act);
    if (!parameters) {
        return std::unexpected(parameters.error());
    }
    return ApprovalStatement{plan.pins.store,
                             plan.id,
                             plan.pins.planHash,
                             stepId,
                             plan.steps[*index].attempt,
                             act,
                             parametersHashOf(*parameters),
                             plan.pins.rehearsal,
                             actor.id,
                             roles->first(),
                             nonce,
                             now,
                             now + validFor};
}

Result<PlanEvents> decide(const Plan& plan, const ApproveStep& command, const Actor& actor, Timestamp now)
{
    const auto given = approvalStatementFromJson(command.consent.content());
    if (given.nonce.isEmpty() || given.expires <= now || given.issued > now + std::chrono::minutes(5)) {
        return fail(ErrorCode::PermissionDenied, "The approval has expired, or its time is not plausible.");
    }
    // Whoever signs writes the end into it; without a limit one consent would hold for ever.
    if (given.expires > given.issued + ApprovalValidity) {
        return fail(ErrorCode::PermissionDenied,
                    QString("The approval would hold until %1; it may hold for %2 hours after it was signed, at most.")
                        .arg(toRfc3339(given.expires))
                        .arg(ApprovalValidity.count()));
    }
    for (const auto& record : plan.steps) {
        for (const auto& approval : record.approvals) {
            if (approval.statement.nonce == given.nonce) {
                return fail(ErrorCode::Conflict, "This approval has been given already; each is used once.");
            }
        }
    }
    auto expected = approvalStatement(plan, given.step, actor, given.nonce, now, Milliseconds(0), given.act);
    if (!expected) {
        return std::unexpected(expected.error());
    }
    expected->issued = given.issued;
    expected->expires = given.expires;
    const auto roles = wantedRoles(plan, plan.indexOf(given.step), actor, now, given.act);
    expected->role = roles && roles->contains(given.role) ? given.role : expected->role;
    // The whole text counts, not only what is read from it: a statement of another kind is no approval.
    if (*expected != given || command.consent.content() != toJson(given)) {
        return fail(ErrorCode::PermissionDenied,
                    "The approval is for another action than the one that waits: store, plan, step, attempt, "
                    "parameters or rehearsal differ.");
    }
    return PlanEvents{StepApproved{command.consent}};
}

Result<PlanEvents> decide(const Plan& plan, const StartVerification& command, const Actor& actor, Timestamp)
{
    if (const auto allowed =
            needsRole(actor, participants(plan) + QList<Role>{Role::ComplianceObserver}, "Verifying the plan");
        !allowed) {
        return std::unexpected(allowed.error());
    }
    if (plan.status != PlanStatus::Soaking) {
        if (const auto working = needsWorkingPlan(plan); !working) {
            return std::unexpected(working.error());
        }
    }
    if (!plan.allStepsDone()) {
        const auto& open = plan.procedure.steps[plan.currentStepIndex()];
        return fail(ErrorCode::InvalidStepIndex,
                    QString("Verification comes after the last step; step '%1' is not done.").arg(open.name));
    }
    if (plan.verifying && command.previousExecutorAlive) {
        return fail(ErrorCode::Conflict, "Verification is running already.");
    }
    return PlanEvents{VerificationStarted{plan.verificationAttempt + 1, command.executor}};
}

Result<PlanEvents> decide(const Plan& plan, const FinishVerification& command, const Actor&, Timestamp now)
{
    if (!plan.verifying || plan.verifying->id != command.executor) {
        return fail(ErrorCode::Conflict, "The verification comes too late: another has taken it over.");
    }
    const auto results = completeResults(plan, command.results, now);
    if (!results) {
        return std::unexpected(results.error());
    }
    const bool passed = std::ranges::all_of(*results, &VerificationResult::passed);
    VerificationFinished finished{plan.verificationAttempt, *results, std::nullopt};
    if (passed) {
        const bool counts = plan.soakUntil && !plan.isVerifiedAhead(now);
        finished.soakUntil = counts ? *plan.soakUntil : now + plan.procedure.soak;
    }
    PlanEvents events{finished};
    const bool closes =
        command.signedIn && plan.procedure.closing == Closing::Automatic && plan.status != PlanStatus::Paused;
    if (passed && closes && *finished.soakUntil <= now) {
        events.append(PlanCompleted{});
    }
    return events;
}

Result<PlanEvents> decide(const Plan& plan, const CancelVerification& command, const Actor&, Timestamp)
{
    if (!plan.verifying || plan.verifying->id != command.executor) {
        return PlanEvents{};
    }
    return PlanEvents{VerificationCancelled{plan.verificationAttempt}};
}

Status mayDeclare(const Plan& plan, const Actor& actor, Timestamp now)
{
    if (const auto allowed = needsRole(actor, plan.procedure.declaredBy, "Declaring the end"); !allowed) {
        return allowed;
    }
    if (plan.status != PlanStatus::Soaking) {
        return fail(ErrorCode::WrongState,
                    QString("The end of plan %1 can be declared when all verification has passed; it is %2.")
                        .arg(plan.id.text(), idOf(plan.status)),
                    {{"status", QString(idOf(plan.status))}});
    }
    if (now < *plan.soakUntil && plan.isVerifiedAhead(now)) {
        return fail(
            ErrorCode::WrongState,
            QString("The clock was set back after plan %1 was verified, and nobody can tell for how long it has "
                    "held. Verify again: its soak time begins anew.")
                .arg(plan.id.text()),
            {{"verified_at", toRfc3339(*plan.verifiedAt)}});
    }
    if (now < *plan.soakUntil) {
        return fail(ErrorCode::WrongState,
                    QString("Plan %1 has to hold until %2 before its end can be declared.")
                        .arg(plan.id.text(), toRfc3339(*plan.soakUntil)),
                    {{"soak_until", toRfc3339(*plan.soakUntil)}});
    }
    return {};
}

QJsonObject declarationStatement(const Plan& plan, const OperatorId& by, Timestamp now)
{
    QJsonArray results;
    for (const auto& result : plan.verificationResults) {
        if (result.attempt == plan.verificationAttempt) {
            results.append(toJson(result));
        }
    }
    return {
        {"kind", QString(PlanDeclared::kind)},
        {"store", plan.pins.store},
        {"operator", by.text()},
        {"plan", plan.id.text()},
        {"plan_hash", plan.pins.planHash},
        {"declared_at", toRfc3339(now)},
        {"rehearsal", plan.pins.rehearsal},
        {"verification", results},
    };
}

Result<PlanEvents> decide(const Plan& plan, const DeclarePlan& command, const Actor& actor, Timestamp now)
{
    if (const auto allowed = mayDeclare(plan, actor, now); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (plan.verifying || !plan.verifiedAt || *plan.verifiedAt < *plan.soakUntil) {
        return fail(ErrorCode::WrongState, "The checks have to be green once more after the soak time; verify again.");
    }
    const auto content = command.declaration.content();
    const auto declaredAt = timeFromJson(content["declared_at"]);
    if (!declaredAt || content != declarationStatement(plan, actor.id, *declaredAt)) {
        return fail(ErrorCode::PermissionDenied, "The signed declaration is not about this plan as it stands.");
    }
    return PlanEvents{PlanDeclared{command.declaration}};
}

} // namespace rc
