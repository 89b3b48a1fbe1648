// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/elapsed.h"
#include "ui/report/sections.h"
#include "ui/words/words.h"

#include <QLocale>

namespace rc::ui::report {
namespace {

namespace at {
constexpr Column Number = column(0, 20);
constexpr Column Name = column(22, 200);
constexpr Column State = column(206, 278);
constexpr Column By = column(282, 344);
constexpr Column Times = column(348, 438);
constexpr Column Spans = column(444, 503);
constexpr Composer::FieldPlace Detail{.label = 22, .value = 98};
} // namespace at

Mark markOf(StepState state)
{
    switch (state) {
    case StepState::Succeeded:
        return Mark::Passed;
    case StepState::Failed:
    case StepState::Unknown:
        return Mark::Failed;
    default:
        return Mark::Open;
    }
}

QString dateAndTime(const std::optional<Timestamp>& time)
{
    return time ? day(*time) + " " + clockTime(*time) : QString(u'–');
}

QList<Run> peopleOf(const StepEntry& step)
{
    QList<Run> runs{{orDash(step.startedBy), style::Cell, Mark::None}};
    if (!step.completedBy.isEmpty() && step.completedBy != step.startedBy) {
        runs.append({"ended by " + step.completedBy, style::Cell, Mark::None});
    }
    return runs;
}

QString actualOf(const StepEntry& step)
{
    return step.startedAt && step.completedAt ? duration(elapsed(*step.startedAt, *step.completedAt)) : QString(u'–');
}

void addHeadRow(Composer& composer, const StepEntry& step, qsizetype number)
{
    const auto kind = step.kind == "manual" ? QString("Manual") : "Automated: " + words(step.actionType).toLower();
    const auto attempts = step.attempts > 1 ? QString("attempt %1").arg(step.attempts) : QString("first attempt");
    const QList<Cell> cells{
        {at::Number, {{QString::number(number), style::CellStrong, Mark::None}}},
        {at::Name, {{step.name, style::CellStrong, Mark::None}, {kind, style::CellQuiet, Mark::None}}},
        {at::State,
         {{words(step.state), style::CellStrong, markOf(step.state)}, {attempts, style::CellQuiet, Mark::None}}},
        {at::By, peopleOf(step)},
        {at::Times,
         {{dateAndTime(step.startedAt), style::Cell, Mark::None},
          {dateAndTime(step.completedAt), style::Cell, Mark::None}}},
        {at::Spans,
         {{duration(step.expected), style::CellQuiet, Mark::None}, {actualOf(step), style::Cell, Mark::None}}},
    };
    composer.add(std::make_unique<Row>(cells, Row::Look{.padding = 2 * Pt},
                                       Block::Cohesion{.spaceBefore = 2 * Pt, .withNext = true, .together = true}));
}

QString approvalText(const ApprovalEntry& approval)
{
    return QString("%1 as %2, %3, to %4, for attempt %5; %6")
        .arg(approval.by, words(approval.role).toLower(), utc(approval.at), inWords(approval.act),
             QString::number(approval.attempt),
             approval.used   ? QString("used")
             : approval.over ? QString("not used, and over")
                             : QString("not used"));
}

QList<Run> approvalRuns(const StepEntry& step)
{
    QList<Run> runs;
    for (const auto& approval : step.approvals) {
        runs.append({approvalText(approval), style::Cell, Mark::None});
        runs.append({"parameters " + shortHash(approval.parametersHash), style::Hash, Mark::None});
    }
    return runs;
}

void addEvidence(Composer& composer, const QList<EvidenceEntry>& evidence)
{
    for (const auto& item : evidence) {
        QString text = item.name.isEmpty() ? words(item.kind) : item.name;
        if (!item.value.isEmpty()) {
            text += ": " + item.value;
        }
        if (item.size) {
            text += QString(" (%1)").arg(QLocale::c().formattedDataSize(*item.size));
        }
        QList<Run> runs{{text, style::Cell, Mark::None}};
        if (!item.sha256.isEmpty()) {
            runs.append({item.sha256, style::Hash, Mark::None});
        }
        if (!item.trouble.isEmpty()) {
            runs.append({item.trouble, style::CellStrong, Mark::Failed});
        }
        composer.field("EVIDENCE", runs, at::Detail);
    }
}

void addAttempt(Composer& composer, const CompletionEntry& completion, bool several)
{
    const auto label = several ? QString("ATTEMPT %1").arg(completion.attempt) : QString("RESULT");
    const auto verdict =
        several ? (completion.result.success ? QString("Succeeded: ") : QString("Failed: ")) : QString();
    QString text = verdict + orDash(completion.result.message);
    if (several) {
        text += QString(" (%1, %2)").arg(orDash(completion.completedBy), utc(completion.completedAt));
    }
    composer.field(label, {{text, style::Cell, Mark::None}}, at::Detail);
    if (!completion.note.isEmpty() && completion.note != completion.result.message) {
        composer.field("NOTE", {{completion.note, style::Cell, Mark::None}}, at::Detail);
    }
    addEvidence(composer, completion.evidence);
}

void addOutcome(Composer& composer, const PlanEntry& plan, const StepEntry& step)
{
    QList<CompletionEntry> attempts;
    for (const auto& completion : plan.completions) {
        if (completion.step == step.id) {
            attempts.append(completion);
        }
    }
    const bool several = attempts.size() > 1 || step.attempts > attempts.size();
    for (const auto& completion : attempts) {
        addAttempt(composer, completion, several);
    }
    if (attempts.isEmpty()) {
        if (step.result) {
            composer.field("RESULT", {{orDash(step.result->message), style::Cell, Mark::None}}, at::Detail);
        }
        if (!step.note.isEmpty()) {
            composer.field("NOTE", {{step.note, style::Cell, Mark::None}}, at::Detail);
        }
        addEvidence(composer, step.evidence);
    }
    if (!step.waitingFor.isEmpty()) {
        composer.field("WAITING FOR", {{step.waitingFor.join(' '), style::Cell, Mark::None}}, at::Detail);
    }
}

void addStep(Composer& composer, const PlanEntry& plan, qsizetype index)
{
    const auto& step = plan.steps[index];
    addHeadRow(composer, step, index + 1);
    composer.field("ROLE WANTED", {{rolesInWords(step.roles), style::Cell, Mark::None}}, at::Detail);
    if (!step.approvals.isEmpty()) {
        composer.field("APPROVED BY", approvalRuns(step), at::Detail);
    }
    addOutcome(composer, plan, step);
    composer.add(std::make_unique<Row>(QList<Cell>{{FullWidth, {}}},
                                       Row::Look{.lineHeight = 4 * Pt, .ruleBelow = 0.4 * Pt}, Block::Cohesion{}));
}

} // namespace

void addSteps(Composer& composer, const PlanFacts& facts)
{
    const auto& plan = facts.plan();
    composer.heading("Steps");
    const auto head = [](Column where, const QString& first, const QString& second) {
        return Cell{where, {{first, style::Label, Mark::None}, {second, style::Label, Mark::None}}};
    };
    composer.tableHead({head(at::Number, "NO.", ""), head(at::Name, "STEP", "KIND"),
                        head(at::State, "STATE", "ATTEMPT"), head(at::By, "OPERATOR", ""),
                        head(at::Times, "STARTED, UTC", "ENDED, UTC"), head(at::Spans, "EXPECTED", "ACTUAL")});
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        composer.flow().startGroup();
        addStep(composer, plan, i);
        composer.flow().endGroup();
    }
    composer.endTable();
}

} // namespace rc::ui::report
