// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"

namespace rc::ctl {
namespace {

Reply replyOf(const Result<Incident>& incident)
{
    if (!incident) {
        return std::unexpected(incident.error());
    }
    const auto json = toJson(*incident);
    return Answer{json, fields(json, {"id", "type", "severity", "title", "status", "compromised_since", "contained_at",
                                      "opened_at", "opened_by", "systems"})};
}

/// Without an inventory every name is as good as another.
Status checkSystems(const Invocation& call, const QList<SystemId>& systems)
{
    const auto inventory = call.desk.inventory();
    return inventory ? inventory->inventory.knows(systems) : Status();
}

Reply open(const Invocation& call)
{
    if (call.has("contained-at") && call.has("not-contained")) {
        return fail(ErrorCode::InvalidInput, "It is either contained or not; give --contained-at or --not-contained.");
    }
    const auto type = enumOption<IncidentType>(call, "type");
    const auto severity = enumOption<Severity>(call, "severity");
    const auto since = timeOption(call, "since");
    const auto contained = timeOption(call, "contained-at");
    for (const auto& error :
         {type ? std::nullopt : std::optional(type.error()), severity ? std::nullopt : std::optional(severity.error()),
          since ? std::nullopt : std::optional(since.error()),
          contained ? std::nullopt : std::optional(contained.error())}) {
        if (error) {
            return std::unexpected(*error);
        }
    }
    if (const auto known = checkSystems(call, systemOptions(call, "system")); !known) {
        return std::unexpected(known.error());
    }
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    Incident incident;
    incident.type = *type;
    incident.severity = *severity;
    incident.title = call.value("title");
    incident.compromisedSince = since->value_or(call.desk.journal().now());
    if (!call.has("not-contained")) {
        incident.containedAt = contained->value_or(call.desk.journal().now());
    }
    incident.systems = systemOptions(call, "system");
    return replyOf(call.desk.incidents().open(*context, incident));
}

Reply amend(const Invocation& call)
{
    IncidentAmendment amendment;
    if (call.has("contained-at") && call.has("contained")) {
        return fail(ErrorCode::InvalidInput, "Give --contained, which is now, or --contained-at, not both.");
    }
    const auto severity = call.has("severity") ? enumOption<Severity>(call, "severity") : Result<Severity>(Severity());
    const auto since = timeOption(call, "since");
    const auto contained = timeOption(call, "contained-at");
    if (!severity || !since || !contained) {
        return std::unexpected(!severity ? severity.error() : !since ? since.error() : contained.error());
    }
    if (call.value("reason").trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidInput, "Say why it is changed: --reason TEXT.");
    }
    if (call.has("severity")) {
        amendment.severity = *severity;
    }
    amendment.compromisedSince = *since;
    amendment.containedAt = *contained;
    if (call.has("title")) {
        amendment.title = call.value("title");
    }
    if (call.has("system")) {
        amendment.systems = systemOptions(call, "system");
    }
    if (const auto known = checkSystems(call, amendment.systems.value_or(QList<SystemId>())); !known) {
        return std::unexpected(known.error());
    }
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    if (call.has("contained")) {
        amendment.containedAt = call.desk.journal().now();
    }
    return replyOf(
        call.desk.incidents().amend(*context, IncidentId(call.argument(0)), amendment, call.value("reason")));
}

Reply list(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto incidents = call.desk.incidents().list();
    if (!incidents) {
        return std::unexpected(incidents.error());
    }
    QJsonArray json;
    QList<QStringList> rows;
    for (const auto& incident : *incidents) {
        json.append(toJson(incident));
        rows.append(
            {incident.id.text(), idOf(incident.type), idOf(incident.severity), idOf(incident.status), incident.title});
    }
    return Answer{json, table({"ID", "TYPE", "SEVERITY", "STATUS", "TITLE"}, rows)};
}

Reply show(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    return replyOf(call.desk.incidents().find(IncidentId(call.argument(0))));
}

Reply close(const Invocation& call)
{
    if (call.value("reason").trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidInput, "Say why it is over: --reason TEXT.");
    }
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    return replyOf(call.desk.incidents().close(*context, IncidentId(call.argument(0)), call.value("reason")));
}

Reply proposed(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto proposals = call.desk.incidents().proposals();
    if (!proposals) {
        return std::unexpected(proposals.error());
    }
    QJsonArray json;
    QList<QStringList> rows;
    for (const auto& proposal : *proposals) {
        json.append(toJson(proposal));
        rows.append({proposal.fingerprint, idOf(proposal.type), idOf(proposal.severity), proposal.title});
    }
    return Answer{json, table({"FINGERPRINT", "TYPE", "SEVERITY", "TITLE"}, rows)};
}

Reply confirm(const Invocation& call)
{
    const auto since = timeOption(call, "since");
    if (!since) {
        return std::unexpected(since.error());
    }
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    return replyOf(call.desk.incidents().confirm(*context, call.argument(0), *since));
}

Reply dismiss(const Invocation& call)
{
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    if (const auto done = call.desk.incidents().dismiss(*context, call.argument(0), call.value("reason")); !done) {
        return std::unexpected(done.error());
    }
    return Answer{QJsonObject{{"fingerprint", call.argument(0)}, {"dismissed", true}}, "Dismissed."};
}

} // namespace

QList<Command> incidentCommands()
{
    const QCommandLineOption since("since", "Since when things may have been altered (RFC 3339; now, if not said).",
                                   "TIME");
    return {
        {"incident open",
         "",
         "Opens an incident; contained now, unless said otherwise.",
         {{"type", "One of: " + allIds<IncidentType>().join(", "), "TYPE"},
          {"severity", "One of: " + allIds<Severity>().join(", "), "SEVERITY"},
          {"title", "One line that says what happened.", "TITLE"},
          since,
          {"contained-at", "When it was contained (RFC 3339).", "TIME"},
          {"not-contained", "It is not contained yet; no plan starts before it is."},
          {"system", "An affected system; may be given several times.", "ID"}},
         immediate(open)},
        {"incident list", "", "All incidents, newest first.", {}, immediate(list)},
        {"incident show", "INCIDENT", "One incident.", {}, immediate(show)},
        {"incident amend",
         "INCIDENT",
         "Changes what was said of an incident that is not closed, with the reason. An open plan keeps what it was "
         "started with.",
         {{"title", "One line that says what happened.", "TITLE"},
          {"severity", "One of: " + allIds<Severity>().join(", "), "SEVERITY"},
          {"since", "Since when things may have been altered (RFC 3339).", "TIME"},
          {"contained", "It is contained now."},
          {"contained-at", "When it was contained (RFC 3339).", "TIME"},
          {"system", "An affected system, in place of those named so far; may be given several times.", "ID"},
          {"reason", "Why; has to be given.", "TEXT"}},
         immediate(amend)},
        {"incident close",
         "INCIDENT",
         "Closes an incident without an open plan, with the reason.",
         {{"reason", "Why it is over; has to be given.", "TEXT"}},
         immediate(close)},
        {"incident proposed", "", "What the health monitor proposes.", {}, immediate(proposed)},
        {"incident confirm", "FINGERPRINT", "Makes a proposal an incident.", {since}, immediate(confirm)},
        {"incident dismiss",
         "FINGERPRINT",
         "Turns a proposal down, with the reason.",
         {{"reason", "Why.", "TEXT"}},
         immediate(dismiss)},
    };
}

} // namespace rc::ctl
