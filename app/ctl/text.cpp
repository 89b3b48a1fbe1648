// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/text.h"

#include "model/base/span_words.h"
#include "model/chain/chain.h"

#include <algorithm>

namespace rc::ctl {
namespace {

QString glyph(const QString& state)
{
    static const QHash<QString, QString> glyphs{
        {"succeeded", "[x]"}, {"skipped", "[-]"},           {"failed", "[!]"},          {"unknown", "[?]"},
        {"running", "[>]"},   {"awaiting_approval", "[a]"}, {"awaiting_person", "[p]"}, {"undone", "[u]"},
    };
    return glyphs.value(state, "[ ]");
}

/// A failed step has its result to say why; an interrupted one waits for nobody.
QString reasonLine(const QString& state, const QString& reason)
{
    if (state == "failed") {
        return {};
    }
    return "\n      " + (state == "unknown" ? reason : "waits for " + reason);
}

/// What somebody consents to who approves the step: exactly what will be done.
QString consentLines(const QJsonObject& step)
{
    QString lines = "\n      will do " + step["action_type"].toString();
    const auto parameters = step["parameters"].toObject();
    lines += parameters.isEmpty() ? QString(", without parameters") : QString(" with");
    for (auto one = parameters.begin(); one != parameters.end(); ++one) {
        lines += QString("\n        %1: %2").arg(one.key(), plain(one.value()));
    }
    return step["point_of_no_return"].toBool() ? lines + "\n      It is a point of no return." : lines;
}

/// Who has consented, to what, and until when it counts.
QString approvalLine(const QJsonObject& approval)
{
    const QString end = approval["used"].toBool()   ? QString("used")
                        : approval["over"].toBool() ? QString("does not count any more")
                                                    : "until " + approval["expires"].toString();
    const QString act = approval["act"].toString();
    return QString("\n      approved%1 by %2 as %3, %4")
        .arg(act == "run" ? QString() : " to " + act, approval["by"].toString(), approval["role"].toString(), end);
}

QString evidenceLine(const QJsonObject& item)
{
    const QString line = "evidence: " + plain(item.contains("name") ? item["name"] : item["value"]);
    const QString trouble = item["trouble"].toString();
    return trouble.isEmpty() ? line : line + " - " + trouble;
}

/// What a person has to do and to bring, while it is their turn.
QString tellsHow(const QJsonObject& step)
{
    const QString state = step["state"].toString();
    if (step["kind"].toString() != "manual" || (state != "ready" && state != "awaiting_person")) {
        return {};
    }
    QString text;
    if (const QString what = step["description"].toString().trimmed(); !what.isEmpty()) {
        text += "\n      " + QString(what).replace('\n', "\n      ");
    }
    for (const QJsonValue output : step["outputs"].toArray()) {
        text += QString("\n      hands on '%1': --result %1=VALUE").arg(output.toString());
    }
    for (const QJsonValue wanted : step["evidence_wanted"].toArray()) {
        text += QString("\n      wants evidence, %1: --evidence %2=%3")
                    .arg(wanted["label"].toString(), wanted["id"].toString(),
                         wanted["kind"].toString() == "file" ? QString("FILE") : QString("VALUE"));
    }
    return text;
}

QString stepLine(const QJsonObject& step)
{
    const QString state = step["state"].toString();
    QString line = QString("  %1 %2  %3").arg(glyph(state), step["id"].toString().leftJustified(22), state);
    if (const QString by = step["completed_by"].toString(); !by.isEmpty()) {
        line += QString(" by %1 in %2").arg(by, duration(step["duration_ms"].toInteger()));
    }
    if (step["attempts"].toInt() > 1) {
        line += QString(" (attempt %1)").arg(step["attempts"].toInt());
    }
    line += "\n      " + step["name"].toString();
    for (const QJsonValue reason : step["waiting_for"].toArray()) {
        line += reasonLine(state, reason.toString());
    }
    line += tellsHow(step);
    if (const QString failure = step["undo"]["failure"].toString(); !failure.isEmpty()) {
        line += "\n      taking it back failed: " + failure;
    }
    if (state == "awaiting_approval") {
        line += consentLines(step);
    } else if (step["point_of_no_return"].toBool()) {
        line += "\n      It is a point of no return.";
    }
    for (const QJsonValue approval : step["approvals"].toArray()) {
        line += approvalLine(approval.toObject());
    }
    const QString message = step["result"]["message"].toString();
    if (!message.isEmpty()) {
        line += "\n      " + message;
    }
    for (const QJsonValue item : step["evidence"].toArray()) {
        line += "\n      " + evidenceLine(item.toObject());
    }
    return line + "\n";
}

} // namespace

QString plain(const QJsonValue& value)
{
    if (value.isNull() || value.isUndefined()) {
        return "-";
    }
    if (value.isArray()) {
        QStringList parts;
        for (const auto& entry : value.toArray()) {
            parts.append(plain(entry));
        }
        return parts.isEmpty() ? QString("-") : parts.join(", ");
    }
    if (value.isObject()) {
        return QString::fromUtf8(canonicalJson(value.toObject()));
    }
    return value.toVariant().toString();
}

QString table(const QStringList& header, const QList<QStringList>& rows)
{
    if (rows.isEmpty()) {
        return "(none)";
    }
    QList<qsizetype> widths;
    for (qsizetype column = 0; column < header.size(); ++column) {
        qsizetype width = header[column].size();
        for (const auto& row : rows) {
            width = std::max(width, row.value(column).size());
        }
        widths.append(width);
    }
    const auto line = [&](const QStringList& cells) {
        QString text;
        for (qsizetype column = 0; column < header.size(); ++column) {
            text += cells.value(column).leftJustified(widths[column] + 2);
        }
        while (text.endsWith(' ')) {
            text.chop(1);
        }
        return text + "\n";
    };
    QString text = line(header);
    for (const auto& row : rows) {
        text += line(row);
    }
    return text;
}

QString fields(const QJsonObject& object, const QStringList& keys)
{
    qsizetype width = 0;
    for (const auto& key : keys) {
        width = std::max(width, key.size());
    }
    QString text;
    for (const auto& key : keys) {
        if (object.contains(key)) {
            text += QString(key).replace('_', ' ').leftJustified(width + 2) + plain(object[key]) + "\n";
        }
    }
    return text;
}

QString duration(qint64 milliseconds)
{
    return spanInWords(Milliseconds(milliseconds));
}

QString temporaryRoleLine(const QJsonObject& role)
{
    const QString of = role["of"].toString();
    const QString by = role["by"].toString();
    const QString how =
        of.isEmpty() ? QString("BREAK-GLASS") : "deputy of " + of + (by == of ? QString() : ", named by " + by);
    return QString("%1: %2 until %3 (%4)")
        .arg(how, role["role"].toString(), role["until"].toString(), role["reason"].toString());
}

QString operatorText(const QJsonObject& person)
{
    QString text = fields(person, {"id", "name", "roles", "enabled", "added_at"});
    for (const QJsonValue role : person["temporary"].toArray()) {
        text += QString("temporary").leftJustified(10) + temporaryRoleLine(role.toObject()) + "\n";
    }
    return text;
}

QString planText(const QJsonObject& plan)
{
    QString text = QString("%1  %2  %3%4\n")
                       .arg(plan["id"].toString(), plan["procedure_name"].toString(), plan["status"].toString(),
                            plan["rehearsal"].toBool() ? QString("  REHEARSAL") : QString());
    text += fields(plan, {"incident_id", "network", "network_kind", "phase", "started_at", "started_by", "lead",
                          "armed_by", "eta", "soak_until", "completed_at", "declared_by", "plan_hash"});
    if (const auto reason = plan["abort_reason"].toString(); !reason.isEmpty()) {
        text += "aborted: " + reason + "\n";
    }
    if (const auto pause = plan["pause"].toObject(); !pause.isEmpty()) {
        text += QString("paused by %1 since %2: %3\n")
                    .arg(pause["by"].toString(), pause["at"].toString(), pause["reason"].toString());
    }
    if (const auto offer = plan["handover"].toObject(); !offer.isEmpty()) {
        const QString note = offer["note"].toString();
        text += QString("the lead is offered to %1 by %2 since %3%4\n")
                    .arg(offer["to"].toString(), offer["from"].toString(), offer["at"].toString(),
                         note.isEmpty() ? QString() : ": " + note);
    }
    text += "\n";
    for (const QJsonValue step : plan["steps"].toArray()) {
        text += stepLine(step.toObject());
    }
    const auto results = plan["verification_results"].toArray();
    for (const QJsonValue result : results) {
        text += QString("  %1 %2: %3 (run %4)\n")
                    .arg(result["passed"].toBool() ? QString("passed") : QString("NOT PASSED"),
                         result["name"].toString(), result["detail"].toString())
                    .arg(result["attempt"].toInt());
    }
    for (const QJsonValue note : plan["notes"].toArray()) {
        text +=
            QString("  note, %1, %2: %3\n").arg(note["at"].toString(), note["by"].toString(), note["text"].toString());
    }
    for (const QJsonValue flag : plan["clock"].toArray()) {
        text +=
            QString("  clock, %1, record %2: %3\n")
                .arg(flag["time"].toString(), QString::number(flag["sequence"].toInteger()), flag["text"].toString());
    }
    return text;
}

QString healthText(const QJsonArray& systems)
{
    QList<QStringList> rows;
    for (const QJsonValue system : systems) {
        rows.append({system["id"].toString(), system["state"].toString(), QString()});
        for (const QJsonValue check : system["checks"].toArray()) {
            if (check["state"].toString() == "healthy") {
                continue;
            }
            // Each reason on a line of its own, the first beside its system.
            if (!rows.last().last().isEmpty()) {
                rows.append({QString(), QString(), QString()});
            }
            rows.last().last() = check["name"].toString() + ": " + withShortHashes(check["message"].toString());
        }
    }
    return table({"SYSTEM", "STATE", "WHY"}, rows);
}

} // namespace rc::ctl
