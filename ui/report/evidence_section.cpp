// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui::report {
namespace {

constexpr Column Where = column(0, 150);
constexpr Column File = column(154, 430);
constexpr Column State = column(434, 503);

void appendFiles(QList<KeptFile>& files, const PlanEntry& plan, const CompletionEntry& completion)
{
    const auto step = std::ranges::find(plan.steps, completion.step, &StepEntry::id);
    for (const auto& item : completion.evidence) {
        if (item.state) {
            files.append({plan.id, step == plan.steps.end() ? completion.step : step->name, completion.attempt, item});
        }
    }
}

void addRow(Composer& composer, const KeptFile& kept)
{
    const bool sound = kept.file.state == EvidenceState::Sound;
    composer.tableRow({{Where,
                        {{kept.step, style::Cell, Mark::None},
                         {QString("%1, attempt %2").arg(kept.plan).arg(kept.attempt), style::CellQuiet, Mark::None}}},
                       {File, {{kept.file.name, style::Cell, Mark::None}, {kept.file.sha256, style::Hash, Mark::None}}},
                       {State, {{words(*kept.file.state), style::CellStrong, sound ? Mark::Passed : Mark::Failed}}}});
}

} // namespace

QList<KeptFile> keptFiles(const QList<PlanFacts>& plans)
{
    QList<KeptFile> files;
    for (const auto& facts : plans) {
        for (const auto& completion : facts.plan().completions) {
            appendFiles(files, facts.plan(), completion);
        }
    }
    return files;
}

void addEvidenceFiles(Composer& composer, const QList<PlanFacts>& plans)
{
    const auto files = keptFiles(plans);
    if (files.isEmpty()) {
        return;
    }
    const auto wrong =
        std::ranges::count_if(files, [](const KeptFile& kept) { return kept.file.state != EvidenceState::Sound; });
    composer.heading("Evidence");
    composer.paragraph(
        "The journal holds the hash that each file of evidence was taken in with; the files themselves lie beside it. "
        "Their hashes were computed anew when this report was made.");
    composer.bullet(wrong == 0 ? QString("All %1 are there, and are what they were.").arg(files.size())
                               : QString("%1 of %2 are not what they were: do not rely on them.")
                                     .arg(QString::number(wrong), QString::number(files.size())),
                    wrong == 0 ? Mark::Passed : Mark::Failed);
    const auto label = [](Column where, const QString& text) {
        return Cell{where, {{text, style::Label, Mark::None}}};
    };
    composer.tableHead({label(Where, "STEP"), label(File, "FILE AND HASH"), label(State, "FOUND")});
    for (const auto& kept : files) {
        addRow(composer, kept);
    }
    composer.endTable();
}

} // namespace rc::ui::report
