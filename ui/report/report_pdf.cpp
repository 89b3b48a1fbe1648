// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_pdf.h"

#include "ui/report/sections.h"
#include "ui/words/words.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>

namespace rc::ui::report {
namespace {

void addPlan(Composer& composer, const PlanFacts& facts, const ReportData& data)
{
    addTimeline(composer, facts);
    if (data.ofPlan) {
        addClock(composer, data);
    }
    addSteps(composer, facts);
    addVerification(composer, facts);
    addNotes(composer, facts);
    addResults(composer, facts);
}

void compose(Composer& composer, const ReportData& data, const QList<PlanFacts>& plans)
{
    composer.startSection(headOf(data));
    composer.title("Recovery report", data.incident.title.isEmpty() ? data.incident.id.text() : data.incident.title);
    if (data.ofPlan) {
        addPlanFacts(composer, plans.first());
        addIncidentFacts(composer, data.incident);
        addSummary(composer, plans.first());
        addPlan(composer, plans.first(), data);
    } else {
        addIncidentGlance(composer, data.incident, plans);
        addIncidentFacts(composer, data.incident);
        addIncidentSummary(composer, data.incident, plans);
        addPlanTable(composer, plans);
        addClock(composer, data);
        for (const auto& facts : plans) {
            composer.startSection(headOf(facts.plan()));
            composer.title("Plan " + facts.plan().id, facts.plan().procedureName);
            addPlanFacts(composer, facts);
            addSummary(composer, facts);
            addPlan(composer, facts, data);
        }
        composer.startSection(headOf(data));
    }
    addDecisions(composer, data);
    addEvidenceFiles(composer, plans);
    addJournal(composer, data);
    addSignatures(composer, plans);
}

void setUp(QPdfWriter& writer, const ReportData& data)
{
    writer.setPdfVersion(QPagedPaintDevice::PdfVersion_A1b); // archival: fonts inside, no transparency
    writer.setResolution(PageResolution);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setTitle(QString("Recovery report: %1").arg(data.incident.title));
    writer.setCreator("ProzChain Recovery Console " + data.programVersion);
}

void paintPages(QPdfWriter& writer, const Composer& composer, const QList<Page>& pages, const QString& footText)
{
    QPainter painter(&writer);
    for (qsizetype i = 0; i < pages.size(); ++i) {
        if (i > 0) {
            writer.newPage();
        }
        paintHead(painter, composer.heads()[pages[i].section]);
        for (const auto& placed : pages[i].blocks) {
            placed.block->paint(painter, QPointF(sheet::Left, sheet::Top + placed.y), placed.range);
        }
        paintFoot(painter, {footText, int(i) + 1, int(pages.size())});
    }
}

} // namespace

Pdf drawReport(const ReportData& data)
{
    QList<PlanFacts> plans;
    for (const auto& plan : data.plans) {
        plans.append(PlanFacts(plan, data));
    }
    Composer composer;
    compose(composer, data, plans);
    const auto pages = composer.flow().pages(sheet::TextHeight);

    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        setUp(writer, data);
        paintPages(
            writer, composer, pages,
            QString("Made on %1 by ProzChain Recovery Console %2").arg(utc(data.generatedAt), data.programVersion));
    }
    return {buffer.data(), int(pages.size())};
}

} // namespace rc::ui::report
