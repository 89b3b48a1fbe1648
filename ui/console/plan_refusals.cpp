// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/plan_refusals.h"

#include "ui/console/trial.h"
#include "ui/words/words.h"

namespace rc::ui {
namespace {

/// A question has to fit a screen.
constexpr qsizetype MostLeftovers = 6;

QString namesOfRunning(const Plan& plan)
{
    QStringList names;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        if (plan.steps[i].progress == StepProgress::Running && !plan.procedure.steps[i].isManual()) {
            names.append("“" + plan.procedure.steps[i].name + "”");
        }
    }
    return names.join(", ");
}

} // namespace

PlanRefusals refusalsOf(const Plan& plan, const std::optional<Actor>& actor, Timestamp now)
{
    const auto whyNot = [&](const auto& command) { return refusalOf(plan, command, actor, now); };
    return {.note = whyNot(AddNote{"a note"}),
            .handOver = whyNot(HandOver{OperatorId("somebody"), {}, {}}),
            .takeOver = whyNot(ArmPlan{{}, true, {}, "a reason"}),
            .pause = whyNot(PausePlan{"a reason"}),
            .abort = whyNot(AbortPlan{"a reason"})};
}

QString abortText(const Plan& plan)
{
    QStringList lines{QString("It ends “%1” for good. Nothing is taken back by it.").arg(plan.procedure.name)};
    if (const auto running = namesOfRunning(plan); !running.isEmpty()) {
        lines.append("Stopped first: " + running + ".");
    }
    const auto left = leftoversOf(plan);
    lines.append(left.isEmpty() ? QString("The plan has changed nothing so far.") : QString("What stays changed:"));
    for (const auto& leftover : left.first(std::min(left.size(), MostLeftovers))) {
        lines.append("· " +
                     (leftover.system.isEmpty() ? leftover.what : leftover.system.text() + ": " + leftover.what));
    }
    if (left.size() > MostLeftovers) {
        lines.append(QString("· and %1 more, under Leftovers.").arg(left.size() - MostLeftovers));
    }
    return lines.join(u'\n');
}

QString stopText(const Plan& plan)
{
    const auto running = namesOfRunning(plan);
    const QString first = running.isEmpty()
                              ? QString("What is under way is told to end.")
                              : running + " is told to end. A look at the systems then says what became of it.";
    return first + " Nothing new starts, and the plan stays open.";
}

} // namespace rc::ui
