// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/handover_sheet.h"

#include "model/base/span_words.h"
#include "model/plan/plan_decisions.h"

namespace rc {
namespace {

constexpr qsizetype NotesShown = 10;

QJsonObject stepEntry(const Plan& plan, qsizetype index, Timestamp now)
{
    const auto& step = plan.procedure.steps[index];
    return {{"step", step.id.text()},
            {"name", step.name},
            {"state", QString(idOf(plan.stateOf(index, now)))},
            {"because", QJsonArray::fromStringList(plan.waitingFor(index, now))}};
}

/// Waiting for something else than the step before.
bool isNext(const Plan& plan, qsizetype index)
{
    return plan.startable().contains(index);
}

QString section(const QString& title, const QJsonArray& entries)
{
    QString text = entries.isEmpty() ? QString() : title + "\n";
    for (const QJsonValue entry : entries) {
        QStringList because;
        for (const QJsonValue reason : entry["because"].toArray()) {
            because.append(reason.toString());
        }
        text += QString("  %1  %2, %3\n")
                    .arg(entry["step"].toString(), entry["name"].toString(), entry["state"].toString());
        text += because.isEmpty() ? QString() : QString("      %1\n").arg(because.join("; "));
    }
    return text;
}

QString leftoverSection(const QJsonArray& entries)
{
    QString text = entries.isEmpty() ? QString() : QString("Left over:\n");
    for (const QJsonValue entry : entries) {
        const QString system = entry["system"].toString();
        text +=
            QString("  %1%2  %3\n")
                .arg(entry["step"].toString(), system.isEmpty() ? QString() : ", " + system, entry["what"].toString());
        const QString cleanup = entry["cleanup"].toString();
        text += cleanup.isEmpty() ? QString() : QString("      %1\n").arg(cleanup);
    }
    return text;
}

QString afterTheStepsOf(const QJsonObject& sheet)
{
    const QString plan = sheet["plan"].toString();
    const auto until = timeFromJson(sheet["soak_until"]);
    const auto at = timeFromJson(sheet["at"]);
    if (sheet["status"].toString() == idOf(PlanStatus::Paused)) {
        return QString("the plan is paused: recoveryctl --as ID plan resume %1").arg(plan);
    }
    if (sheet["verifying"].toBool()) {
        return "verification is running";
    }
    if (!until || !at) {
        return QString("the checks: recoveryctl --as ID plan verify %1").arg(plan);
    }
    if (*until > *at) {
        return "the checks have to stay green until " + toRfc3339(*until);
    }
    return sheet["closing"].toString() == idOf(Closing::Declared)
               ? QString("the end: recoveryctl --as ID plan declare %1").arg(plan)
               : QString("it closes when the checks are green once more: recoveryctl --as ID plan run %1").arg(plan);
}

/// What comes after the steps, and who declares the end of a plan that is open.
QString closingLines(const QJsonObject& sheet)
{
    if (!sheet["open"].toBool()) {
        return {};
    }
    const QString next = sheet["steps_left"].toInteger() > 0 ? QString() : "Next:\n  " + afterTheStepsOf(sheet) + "\n";
    if (sheet["closing"].toString() != idOf(Closing::Declared)) {
        return next + "It closes by itself\n";
    }
    QStringList roles;
    for (const QJsonValue role : sheet["declared_by"].toArray()) {
        roles.append(role.toString());
    }
    return next + QString("The end is declared by somebody with the role %1\n").arg(roles.join(" or "));
}

} // namespace

QJsonObject handoverSheet(const Plan& plan, const Schedule& schedule, Timestamp now)
{
    QJsonArray running;
    QJsonArray waiting;
    QJsonArray failed;
    QJsonArray undoable;
    QJsonArray deviations;
    qsizetype open = 0;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const auto& record = plan.steps[i];
        const auto entry = stepEntry(plan, i, now);
        if (record.progress == StepProgress::Running) {
            running.append(entry);
        } else if (record.progress == StepProgress::Failed || record.progress == StepProgress::Unknown) {
            failed.append(entry);
        } else if (isNext(plan, i)) {
            waiting.append(entry);
        }
        open += isDone(record) ? 0 : 1;
        if (mayUndo(plan, i)) {
            undoable.append(entry);
        }
        if (!record.deviations.isEmpty()) {
            deviations.append(entry);
        }
    }
    QJsonArray holds;
    for (const auto& hold : plan.holds) {
        holds.append(QString("%1, by %2: %3").arg(hold.step.text(), hold.by.text(), hold.reason));
    }
    QJsonArray leftovers;
    for (const auto& left : leftoversOf(plan)) {
        leftovers.append(toJson(left));
    }
    QJsonArray notes;
    for (const auto& note : plan.notes.mid(std::max<qsizetype>(0, plan.notes.size() - NotesShown))) {
        notes.append(QString("%1, %2: %3").arg(toRfc3339(note.at), note.by.text(), note.text));
    }
    return {
        {"plan", plan.id.text()},
        {"procedure", plan.procedure.name},
        {"incident", plan.pins.incident.id.text()},
        {"network", plan.pins.network.name},
        {"rehearsal", plan.pins.rehearsal},
        {"status", QString(idOf(plan.status))},
        {"phase", QString(idOf(plan.phase()))},
        {"open", plan.isOpen()},
        {"verifying", plan.verifying.has_value()},
        {"closing", QString(idOf(plan.procedure.closing))},
        {"steps", plan.steps.size()},
        {"steps_left", open},
        {"soak_until", toJson(plan.soakUntil)},
        {"declared_by", toJson(plan.procedure.declaredBy)},
        {"lead", plan.lead.text()},
        {"armed_by", plan.armedBy.text()},
        {"at", toRfc3339(now)},
        {"eta", toJson(schedule.eta)},
        {"margin_ms", schedule.margin ? QJsonValue(qint64(schedule.margin->count())) : QJsonValue()},
        {"running", running},
        {"waiting", waiting},
        {"failed", failed},
        {"undoable", undoable},
        {"deviations", deviations},
        {"holds", holds},
        {"leftovers", leftovers},
        {"notes", notes},
    };
}

QString afterTheSteps(const QJsonObject& sheet)
{
    const bool isNext = sheet["open"].toBool() && sheet["steps_left"].toInteger() == 0;
    return isNext ? closingLines(sheet) : QString();
}

QString handoverText(const QJsonObject& sheet)
{
    QString text = QString("%1  %2%3, %4 on %5\n%6, led by %7, as of %8\n")
                       .arg(sheet["plan"].toString(), sheet["procedure"].toString(),
                            sheet["rehearsal"].toBool() ? QString(" (REHEARSAL)") : QString(),
                            sheet["incident"].toString(), sheet["network"].toString(), sheet["status"].toString(),
                            sheet["lead"].toString(), sheet["at"].toString());
    if (const QString eta = sheet["eta"].toString(); !eta.isEmpty()) {
        const auto margin = sheet["margin_ms"];
        text += QString("Expected to end %1").arg(eta);
        text += margin.isDouble() ? QString(", %1 %2 the RTO\n")
                                        .arg(spanInWords(Milliseconds(std::abs(margin.toInteger()))),
                                             margin.toInteger() < 0 ? QString("after") : QString("before"))
                                  : QString("\n");
    }
    text += QString("Phase %1; %2 of %3 steps are left\n")
                .arg(sheet["phase"].toString())
                .arg(sheet["steps_left"].toInteger())
                .arg(sheet["steps"].toInteger());
    text += section("Under way:", sheet["running"].toArray());
    text += section("Failed or interrupted:", sheet["failed"].toArray());
    text += section("Next:", sheet["waiting"].toArray());
    text += closingLines(sheet);
    text += section("Can still be undone:", sheet["undoable"].toArray());
    text += leftoverSection(sheet["leftovers"].toArray());
    text += section("Not as the dry run had shown:", sheet["deviations"].toArray());
    for (const QJsonValue hold : sheet["holds"].toArray()) {
        text += QString("Put off: %1\n").arg(hold.toString());
    }
    for (const QJsonValue note : sheet["notes"].toArray()) {
        text += QString("Note: %1\n").arg(note.toString());
    }
    return text;
}

} // namespace rc
