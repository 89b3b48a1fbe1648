// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"

namespace rc::ctl {
namespace {

QList<QStringList> rowsOf(const QList<Procedure>& procedures)
{
    QList<QStringList> rows;
    for (const auto& procedure : procedures) {
        rows.append({procedure.id.text(), QString::number(procedure.version), plain(toJson(procedure.incidentTypes)),
                     idOf(procedure.riskLevel), duration(procedure.estimatedDuration.count()), procedure.name});
    }
    return rows;
}

Reply list(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened && call.has("incident")) {
        return std::unexpected(opened.error());
    }
    QList<Procedure> procedures;
    if (call.has("incident")) {
        const auto found = call.desk.recovery().recoveryProcedures(IncidentId(call.value("incident")));
        if (!found) {
            return std::unexpected(found.error());
        }
        procedures = *found;
    } else {
        for (const auto& document : call.desk.procedures().procedures()) {
            procedures.append(document.procedure);
        }
    }
    QJsonArray json;
    for (const auto& procedure : procedures) {
        json.append(toJson(procedure));
    }
    QString text = table({"ID", "VERSION", "FOR", "RISK", "ESTIMATE", "NAME"}, rowsOf(procedures));
    for (const auto& problem : call.desk.procedures().problems()) {
        text += "left out: " + problem.message + "\n";
    }
    return Answer{json, text};
}

QString stepText(const Step& step)
{
    QString text = QString("  %1 (%2)%3\n      %4\n")
                       .arg(step.id.text(), idOf(step.actionType),
                            step.after.isEmpty() ? QString() : " after " + plain(toJson(step.after)), step.name);
    if (!step.requiredRoles.isEmpty()) {
        text += "      roles: " + plain(toJson(step.requiredRoles)) + "\n";
    }
    for (const auto& approval : step.approvals) {
        text += QString("      approval: %1 x %2\n").arg(approval.count).arg(idOf(approval.role));
    }
    if (step.reversibility == Reversibility::Irreversible) {
        text += "      POINT OF NO RETURN\n";
    }
    return text;
}

/// What has to be, or may be, said when a plan of it is started.
QString parameterText(const ParameterDeclaration& parameter)
{
    const auto text = QString("  parameter %1 (%2)").arg(parameter.id, idOf(parameter.type));
    const QString need = parameter.required && parameter.defaultValue.isNull() ? ", required"
                         : parameter.defaultValue.isNull()                     ? ", optional"
                                                           : ", default " + plain(parameter.defaultValue);
    return text + need + (parameter.description.isEmpty() ? QString() : "\n      " + parameter.description) + "\n";
}

Reply show(const Invocation& call)
{
    const auto document = call.desk.procedures().find(ProcedureId(call.argument(0)));
    if (!document) {
        return std::unexpected(document.error());
    }
    auto json = toJson(document->procedure);
    json["hash"] = document->sha256;
    json["file"] = document->file;
    json["shipped"] = call.desk.procedures().isShipped(document->sha256);
    QString text = fields(json, {"id", "version", "name", "description", "incident_types", "required_roles",
                                 "risk_level", "hash", "file", "shipped"});
    const auto& procedure = document->procedure;
    text += QString("time: about %1%2%3; %4\n")
                .arg(duration(procedure.estimatedDuration.count()),
                     procedure.rto > Milliseconds(0) ? ", objective " + duration(procedure.rto.count()) : QString(),
                     procedure.soak > Milliseconds(0) ? ", soak " + duration(procedure.soak.count()) : QString(),
                     procedure.closing == Closing::Automatic
                         ? QString("it closes by itself")
                         : "its end is declared by " + plain(toJson(procedure.declaredBy)));
    for (const auto& parameter : procedure.parameters) {
        text += parameterText(parameter);
    }
    for (const auto& step : procedure.steps) {
        text += stepText(step);
    }
    for (const auto& check : procedure.verification) {
        text += QString("  check %1: %2 (owner %3)\n").arg(check.id.text(), check.name, check.ownerStep.text());
    }
    return Answer{json, text};
}

Reply validate(const Invocation& call)
{
    QJsonArray good;
    QStringList wrong;
    for (const auto& file : call.arguments) {
        const auto document = readProcedure(file);
        if (document) {
            good.append(QJsonObject{{"file", file},
                                    {"id", document->procedure.id.text()},
                                    {"version", document->procedure.version},
                                    {"hash", document->sha256}});
        } else {
            wrong.append(document.error().message);
        }
    }
    if (!wrong.isEmpty()) {
        return fail(ErrorCode::InvalidInput, wrong.join("\n"));
    }
    return Answer{good, QString("%1 valid.").arg(good.size())};
}

Reply review(const Invocation& call)
{
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    const ProcedureId id(call.argument(0));
    if (const auto reviewed = call.desk.recovery().reviewProcedure(*context, id); !reviewed) {
        return std::unexpected(reviewed.error());
    }
    const auto document = call.desk.procedures().find(id);
    return Answer{
        QJsonObject{{"id", id.text()}, {"hash", document->sha256}, {"reviewed_by", context->operatorId.text()}},
        QString("%1 has taken responsibility for '%2' as it stands.").arg(context->name, id.text())};
}

} // namespace

QList<Command> procedureCommands()
{
    return {
        {"procedure list",
         "",
         "The procedures at hand, or those for an incident's type.",
         {{"incident", "Only those for this incident's type.", "INCIDENT"}},
         immediate(list)},
        {"procedure show", "ID", "One procedure with its parameters and steps.", {}, immediate(show)},
        {"procedure validate", "FILE...", "Checks files; says file:line of everything wrong.", {}, immediate(validate)},
        {"procedure review",
         "ID",
         "Takes responsibility for a procedure that did not ship with the program, so that it may run.",
         {},
         immediate(review)},
    };
}

} // namespace rc::ctl
