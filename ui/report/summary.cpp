// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui::report {
namespace {

QString procedureOf(const PlanEntry& plan)
{
    return QString("“%1”, version %2")
        .arg(plan.procedureName.isEmpty() ? plan.procedureId : plan.procedureName,
             QString::number(plan.procedureVersion));
}

QString endSentence(const PlanFacts& facts)
{
    const auto& plan = facts.plan();
    switch (plan.status) {
    case PlanStatus::Completed:
        return QString("The plan was completed on %1, after %2; %3.")
            .arg(utc(plan.completedAt), duration(facts.elapsed()),
                 plan.declaredBy.isEmpty() ? QString("it ended by itself, as its procedure allows")
                                           : "the end was declared by " + plan.declaredBy);
    case PlanStatus::Aborted:
        return QString("The plan was aborted on %1, after %2.").arg(utc(plan.completedAt), duration(facts.elapsed()));
    case PlanStatus::Soaking:
        return QString("Everything has been verified; the end may be declared from %1 on.").arg(utc(plan.soakUntil));
    default:
        return QString("When this report was made the plan had not ended: %1.").arg(words(plan.status).toLower());
    }
}

QString objectiveSentence(const PlanFacts& facts)
{
    const auto margin = facts.margin();
    if (!margin) {
        return "The procedure sets no recovery-time objective.";
    }
    const auto rto = duration(facts.plan().rto);
    const auto from = facts.objectiveFrom() == facts.plan().startedAt ? QString("the plan's start") : "containment";
    if (*margin < Milliseconds::zero()) {
        return QString("The recovery-time objective of %1, counted from %2, was missed by %3.")
            .arg(rto, from, duration(*margin));
    }
    if (facts.isOpen()) {
        return QString("Of the recovery-time objective of %1, counted from %2, %3 were left.")
            .arg(rto, from, duration(*margin));
    }
    if (facts.plan().status == PlanStatus::Aborted) {
        return QString("The recovery-time objective of %1 was not met, because the plan was aborted.").arg(rto);
    }
    return QString("It took %1 less than the recovery-time objective of %2, counted from %3.")
        .arg(duration(*margin), rto, from);
}

QString stepsSentence(const PlanFacts& facts)
{
    const auto total = facts.plan().steps.size();
    const auto succeeded = facts.stepsIn(StepState::Succeeded);
    QStringList others;
    for (const auto id : enumIds<StepState>) {
        const auto state = *fromId<StepState>(id);
        const auto count = facts.stepsIn(state);
        if (state != StepState::Succeeded && count > 0) {
            others.append(QString("%1 %2").arg(count).arg(words(state).toLower()));
        }
    }
    const auto sentence = succeeded == total
                              ? QString("All of its %1 succeeded").arg(counted(total, "step"))
                              : QString("Of its %1, %2 succeeded").arg(counted(total, "step")).arg(succeeded);
    return sentence + (others.isEmpty() ? QString() : "; " + others.join(", ")) + ".";
}

QString verificationSentence(const PlanFacts& facts)
{
    const auto runs = facts.verificationRuns();
    if (runs.isEmpty()) {
        return "Verification has not been run.";
    }
    const auto& last = runs.last();
    const auto verb = last.passed() ? QString("passed") : QString("did not pass");
    return runs.size() == 1 ? QString("Verification %1.").arg(verb)
                            : QString("Verification was run %1 times; the last run %2.").arg(runs.size()).arg(verb);
}

} // namespace

Mark markOf(PlanStatus status)
{
    switch (status) {
    case PlanStatus::Completed:
        return Mark::Passed;
    case PlanStatus::Aborting:
    case PlanStatus::Aborted:
    case PlanStatus::VerificationFailed:
        return Mark::Failed;
    default:
        return Mark::Open;
    }
}

QString objectiveVerdict(const PlanFacts& facts)
{
    const auto margin = facts.margin();
    if (!margin) {
        return "None set";
    }
    if (*margin < Milliseconds::zero()) {
        return QString("Missed by %1").arg(duration(*margin));
    }
    if (facts.plan().status == PlanStatus::Completed) {
        return QString("Met, %1 to spare").arg(duration(*margin));
    }
    return facts.isOpen() ? QString("%1 left").arg(duration(*margin)) : QString("Not met: aborted");
}

Mark objectiveMark(const PlanFacts& facts)
{
    const auto margin = facts.margin();
    if (!margin) {
        return Mark::None;
    }
    if (*margin < Milliseconds::zero() || facts.plan().status == PlanStatus::Aborted) {
        return Mark::Failed;
    }
    return facts.isOpen() ? Mark::Open : Mark::Passed;
}

void addIncidentSummary(Composer& composer, const Incident& incident, const QList<PlanFacts>& plans)
{
    const auto rehearsals = std::ranges::count_if(plans, [](const auto& facts) { return facts.plan().rehearsal; });
    const auto completed =
        std::ranges::count(plans, PlanStatus::Completed, [](const auto& facts) { return facts.plan().status; });
    composer.heading("Summary");
    QStringList sentences{
        QString("The incident was opened by %1 on %2; what it touched may have been altered since %3.")
            .arg(orDash(incident.openedBy.text()), utc(incident.openedAt), utc(incident.compromisedSince)),
        incident.containedAt ? QString("It was contained on %1.").arg(utc(*incident.containedAt))
                             : QString("It has not been contained.")};
    if (!plans.isEmpty()) {
        sentences.append(QString("For it, %1 %2 been started, %3 of them as a rehearsal; %4 %5 completed.")
                             .arg(counted(plans.size(), "plan"), plans.size() == 1 ? QString("has") : QString("have"))
                             .arg(rehearsals)
                             .arg(completed)
                             .arg(completed == 1 ? QString("is") : QString("are")));
    }
    composer.paragraph(sentences.join(u' '));
}

void addSummary(Composer& composer, const PlanFacts& facts)
{
    const auto& plan = facts.plan();
    composer.heading("Summary");
    const auto start = QString("%1 was started by %2 on %3 from the procedure %4.")
                           .arg((plan.rehearsal ? QString("A rehearsal of the recovery") : QString("The recovery")),
                                orDash(plan.startedBy), utc(plan.startedAt), procedureOf(plan));
    composer.paragraph(QStringList{start, stepsSentence(facts), verificationSentence(facts), endSentence(facts),
                                   objectiveSentence(facts)}
                           .join(u' '));
    const auto departures = facts.departures();
    composer.subheading("What went otherwise than the procedure has it");
    if (departures.isEmpty()) {
        composer.paragraph("Nothing: no step was skipped, repeated, undone or overridden.");
    }
    for (const auto& sentence : departures) {
        composer.bullet(sentence);
    }
    // What a completed plan has changed is what it was for.
    if (plan.status == PlanStatus::Completed || plan.leftovers.isEmpty()) {
        return;
    }
    composer.subheading("What it has left behind so far");
    for (const auto& left : plan.leftovers) {
        composer.bullet(left.what + (left.system.isEmpty() ? QString() : " (" + left.system + ")") + " " +
                        left.cleanup);
    }
}

} // namespace rc::ui::report
