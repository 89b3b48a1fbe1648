// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui::report {
namespace {

ChartRow stepRow(const PlanFacts& facts, qsizetype index)
{
    const auto& step = facts.plan().steps[index];
    const auto& of = facts.steps()[index];
    ChartRow row{.label = QString("%1  %2").arg(QString::number(index + 1), step.name),
                 .bars = {},
                 .waiting = of.waiting,
                 .approvals = {}};
    for (const auto& attempt : of.attempts) {
        const auto end = attempt.endedAt.value_or(facts.end());
        // Where nothing tells when an earlier attempt began, its end is all there is to show.
        row.bars.append({attempt.startedAt.value_or(end), end, attempt.end,
                         attempt.startedAt ? step.expected : Milliseconds::zero()});
    }
    for (const auto& approval : step.approvals) {
        if (approval.at) {
            row.approvals.append(*approval.at);
        }
    }
    return row;
}

ChartRow verificationRow(const VerificationRun& run)
{
    ChartRow row{.label = QString("Verification, run %1").arg(run.number), .bars = {}, .waiting = {}, .approvals = {}};
    if (run.startedAt && run.endedAt) {
        row.bars.append({*run.startedAt, *run.endedAt, run.passed() ? AttemptEnd::Succeeded : AttemptEnd::Failed, {}});
    }
    return row;
}

/// When the checks turned green and stayed so: the end of the first of the passed runs at the end.
std::optional<Timestamp> verifiedAt(const PlanFacts& facts)
{
    std::optional<Timestamp> verified;
    for (const auto& run : facts.verificationRuns()) {
        if (!run.passed()) {
            verified.reset();
        } else if (!verified) {
            verified = run.endedAt;
        }
    }
    return verified;
}

/// From the verification that passed to the end: first the soak, then whoever has to declare it.
std::optional<ChartRow> closingRow(const PlanFacts& facts)
{
    const auto since = verifiedAt(facts);
    if (!since) {
        return std::nullopt;
    }
    const auto verified = *since;
    const auto end = std::max(facts.end(), verified);
    const auto soaked = std::clamp(facts.plan().soakUntil.value_or(verified), verified, end);
    ChartRow row{.label = "Soak and declaration", .bars = {}, .waiting = {}, .approvals = {}};
    if (soaked > verified) {
        row.bars.append({verified, soaked, soaked < end ? AttemptEnd::Succeeded : AttemptEnd::Open, {}});
    }
    if (end > soaked) {
        row.waiting.append({soaked, end});
    }
    return row;
}

} // namespace

QList<ChartRow> timelineRows(const PlanFacts& facts)
{
    QList<ChartRow> rows;
    for (qsizetype i = 0; i < facts.plan().steps.size(); ++i) {
        rows.append(stepRow(facts, i));
    }
    for (const auto& run : facts.verificationRuns()) {
        rows.append(verificationRow(run));
    }
    if (auto closing = closingRow(facts)) {
        rows.append(std::move(*closing));
    }
    return rows;
}

namespace {

ChartScale scaleOf(const PlanFacts& facts, const QList<ChartRow>& rows)
{
    const auto start = facts.plan().startedAt;
    auto last = facts.end();
    for (const auto& row : rows) {
        for (const auto& bar : row.bars) {
            last = std::max({last, bar.to, bar.from + bar.expected});
        }
    }
    std::optional<Timestamp> objective;
    const auto runsOut = facts.objectiveFrom() + facts.plan().rto;
    // Shown where it does not squeeze the bars.
    if (facts.plan().rto > Milliseconds::zero() && (runsOut - start) <= (last - start) * 3 / 2) {
        objective = runsOut;
        last = std::max(last, runsOut);
    }
    return {TimeAxis(start, last, chartLabelWidth(), sheet::TextWidth - chartLabelWidth()), objective};
}

} // namespace

void addTimeline(Composer& composer, const PlanFacts& facts)
{
    if (facts.plan().steps.isEmpty()) {
        return;
    }
    composer.heading("Timeline");
    const auto rows = timelineRows(facts);
    const auto scale = std::make_shared<const ChartScale>(scaleOf(facts, rows));
    composer.flow().startTable(chartHead(scale));
    for (const auto& row : rows) {
        composer.add(chartRow(scale, row));
    }
    composer.endTable();
    composer.add(chartLegend(scale));
}

void addClock(Composer& composer, const ReportData& data)
{
    if (data.clock.isEmpty()) {
        return;
    }
    composer.subheading("Clocks that were set");
    composer.paragraph("The times in this report are those of the clock of the machine that wrote each record. Records "
                       "are in the order in which they were written, whatever their times say.");
    for (const auto& entry : data.clock) {
        composer.bullet(QString("%1, record %2: %3").arg(utc(entry.at), QString::number(entry.sequence), entry.text));
    }
}

} // namespace rc::ui::report
