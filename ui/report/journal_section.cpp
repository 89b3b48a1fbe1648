// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"
#include "ui/words/words.h"

namespace rc::ui::report {
namespace {

void addEvents(Composer& composer, const QList<EventEntry>& events)
{
    const auto label = [](Column where, const QString& text) {
        return Cell{where, {{text, style::Label, Mark::None}}};
    };
    const auto text = [](Column where, const QString& value) {
        return Cell{where, {{value, style::Cell, Mark::None}}};
    };
    constexpr Column Sequence = column(0, 36);
    constexpr Column When = column(38, 146);
    constexpr Column Who = column(150, 214);
    constexpr Column Kind = column(218, 312);
    constexpr Column What = column(316, 503);
    composer.subheading("Records of this report");
    composer.tableHead(
        {label(Sequence, "RECORD"), label(When, "WHEN"), label(Who, "WHO"), label(Kind, "KIND"), label(What, "WHAT")});
    for (const auto& event : events) {
        composer.tableRow({text(Sequence, QString::number(event.sequence)), text(When, utc(event.at)),
                           text(Who, event.by.isEmpty() ? QString("this computer") : event.by),
                           text(Kind, words(event.kind)), text(What, event.summary)});
    }
    composer.endTable();
}

void addSignature(Composer& composer, const PlanFacts& facts)
{
    const auto& plan = facts.plan();
    const auto* declaration = facts.declaration();
    if (!declaration && plan.declaredBy.isEmpty()) {
        composer.paragraph(QString("Plan %1: nobody has declared the end.").arg(plan.id));
        return;
    }
    const auto by = declaration ? declaration->by : plan.declaredBy;
    composer.subheading("Plan " + plan.id);
    composer.field("DECLARED BY", {{by, style::CellStrong, Mark::None}});
    composer.field("ON", {{utc(declaration ? declaration->at : plan.completedAt), style::Cell, Mark::None}});
    if (declaration) {
        composer.field("JOURNAL RECORD", {{QString::number(declaration->sequence), style::Cell, Mark::None}});
    }
    const auto key = declaration ? declaration->keyId : QString();
    composer.field("KEY", {key.isEmpty() ? Run{"stands in the journal record", style::Cell, Mark::None}
                                         : Run{key, style::Hash, Mark::None}});
}

} // namespace

void addJournal(Composer& composer, const ReportData& data)
{
    const auto& journal = data.journal;
    composer.heading("Journal");
    composer.paragraph(
        "Everything in this report is read from the journal of the store named below: an append-only list "
        "of records, each of which carries the hash of the one before and a signature.");
    composer.field("STORE", {{orDash(data.store), style::Hash, Mark::None}});
    composer.field("RECORDS", {{QString("%1 to %2 tell of this report; the journal had %3 when it was made")
                                    .arg(journal.from)
                                    .arg(journal.to)
                                    .arg(journal.records),
                                style::Cell, Mark::None}});
    composer.field("HEAD HASH", {{orDash(journal.headHash), style::Hash, Mark::None}});
    composer.field("VERIFIED", {{(journal.verified ? QString("Verified, all records") : QString("Not verified")),
                                 style::CellStrong, journal.verified ? Mark::Passed : Mark::Failed}});
    if (!journal.reason.isEmpty()) {
        composer.field("REASON", {{journal.reason, style::Cell, Mark::None}});
    }
    composer.subheading("What that proves, and what it does not");
    if (journal.verified) {
        composer.bullet(
            "Every record up to the head hash has the hash and the signature it must have: none of them was "
            "altered, left out or put in later by somebody without the keys.");
    } else {
        composer.bullet(
            "The chain of records does not hold. What stands at or after the bad record must not be trusted.");
    }
    composer.bullet(
        "A file's owner can cut the tail unless a checkpoint was kept elsewhere: compare the head hash above "
        "with one that was kept, or with a later report of the same store.");
    composer.bullet(
        "The journal shows what was recorded and by which key, not that a person's words in a note are true.");
    if (!data.events.isEmpty()) {
        addEvents(composer, data.events);
    }
}

void addSignatures(Composer& composer, const QList<PlanFacts>& plans)
{
    if (plans.isEmpty()) {
        return;
    }
    composer.heading("Signatures");
    for (const auto& facts : plans) {
        addSignature(composer, facts);
    }
}

} // namespace rc::ui::report
