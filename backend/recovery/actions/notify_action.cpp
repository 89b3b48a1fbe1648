// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/notify_action.h"

#include "backend/recovery/actions/parameter_values.h"
#include "backend/recovery/streams.h"

namespace rc {
namespace {

constexpr qsizetype LongestMessage = 4000;
constexpr QLatin1StringView Webhook("webhook");
constexpr QLatin1StringView Program("program");

QStringList channelsOf(const QJsonObject& parameters)
{
    QStringList channels;
    for (const auto channel : {Webhook, Program}) {
        if (parameters.contains(channel)) {
            channels.append(channel);
        }
    }
    return channels;
}

QString rolesOf(const QJsonObject& parameters)
{
    QStringList roles;
    for (const QJsonValue role : parameters["roles"].toArray()) {
        roles.append(role.toString());
    }
    return roles.join(", ");
}

/// `the message` (for: roles)
QString inWords(const QJsonObject& parameters)
{
    const auto roles = rolesOf(parameters);
    return parameters["message"].toString() + (roles.isEmpty() ? QString() : QString(" (for: %1)").arg(roles));
}

Status writeDown(const ActionContext& context, QLatin1StringView kind, QJsonObject body)
{
    body["attempt"] = context.attempt;
    return context.record ? context.record(kind, body) : Status();
}

} // namespace

QJsonObject NotifyAction::noticeOf(const ActionContext& context) const
{
    return {{"plan", context.holder.section('/', 0, 0)},      {"step", context.holder.section('/', 1)},
            {"incident", context.incident.id.text()},         {"severity", QString(idOf(context.incident.severity))},
            {"network_kind", QString(idOf(m_networkKind))},   {"message", context.parameters["message"].toString()},
            {"roles", context.parameters["roles"].toArray()}, {"at", toRfc3339(context.startedAt)}};
}

Result<HttpCall> NotifyAction::webhookOf(const ActionContext& context) const
{
    auto webhook = context.parameters[Webhook].toObject();
    webhook["method"] = "POST";
    webhook["body"] = noticeOf(context);
    return httpCallIn(webhook);
}

Result<Command> NotifyAction::programOf(const ActionContext& context) const
{
    auto command = commandIn(context.parameters[Program].toObject());
    if (command) {
        command->environment["RC_NOTICE"] = QString::fromUtf8(canonicalJson(noticeOf(context)));
    }
    return command;
}

QString NotifyAction::describe(const QJsonObject& parameters) const
{
    const auto channels = channelsOf(parameters).join(" and ");
    return QString("Tells%1: %2")
        .arg(channels.isEmpty() ? QString() : QString(" by %1").arg(channels), inWords(parameters));
}

QCoro::Task<Status> NotifyAction::canRun(ActionContext context)
{
    const auto message = context.parameters["message"].toString();
    if (message.trimmed().isEmpty() || message.size() > LongestMessage) {
        co_return fail(
            ErrorCode::InvalidInput,
            QString("The message has %1 characters, expected 1 to %2.").arg(message.size()).arg(LongestMessage));
    }
    if (context.parameters.contains(Webhook)) {
        const auto webhook = webhookOf(context);
        if (!webhook) {
            co_return std::unexpected(webhook.error());
        }
        if (const auto headers = namedValuesIn(webhook->headers, "The header"); !headers) {
            co_return std::unexpected(headers.error());
        }
    }
    if (context.parameters.contains(Program)) {
        const auto program = programOf(context);
        co_return program ? canStart(*program) : Status(std::unexpected(program.error()));
    }
    co_return Status();
}

QCoro::Task<Result<QList<Effect>>> NotifyAction::dryRun(ActionContext context)
{
    QList<Effect> effects{{{}, QString("would note in the journal: %1").arg(inWords(context.parameters)), {}}};
    if (context.parameters.contains(Webhook)) {
        const auto webhook = webhookOf(context);
        if (!webhook) {
            co_return std::unexpected(webhook.error());
        }
        effects.append({{}, QString("would hand it to %1").arg(webhook->line()), {}});
    }
    if (context.parameters.contains(Program)) {
        const auto program = programOf(context);
        if (!program) {
            co_return std::unexpected(program.error());
        }
        effects.append({{}, QString("would hand it to the program %1").arg(program->line()), {}});
    }
    co_return effects;
}

QCoro::Task<Result<Capture>> NotifyAction::capture(ActionContext)
{
    co_return Capture{Capture::Kind::NoEffect, "A notice leaves nothing to take back.", {}};
}

QCoro::Task<StepResult> NotifyAction::deliver(ActionContext context, QString channel)
{
    StepResult result{false, {}, {}, {}, now()};
    if (channel == Webhook) {
        const auto call = webhookOf(context);
        if (!call) {
            co_return failedResult(call.error(), result.timestamp);
        }
        const HttpOutcome outcome = co_await perform(m_network, *call, context.operation);
        result.success = outcome.kind == HttpOutcome::Kind::AsExpected;
        result.message = outcome.message;
    } else {
        const auto command = programOf(context);
        if (!command) {
            co_return failedResult(command.error(), result.timestamp);
        }
        result = co_await m_runs.run(context, *command, "notice");
    }
    if (result.success) {
        const auto noted = writeDown(context, kind::NoticeDelivered, {{"channel", channel}});
        if (!noted) {
            result.message += " That it was delivered could not be journaled: " + noted.error().message;
        }
    }
    co_return result;
}

QCoro::Task<StepResult> NotifyAction::execute(ActionContext context)
{
    auto body = noticeOf(context);
    if (const auto given = writeDown(context, kind::NoticeGiven, body); !given) {
        co_return failedResult(given.error(), now());
    }
    context.operation.progress("Notice: " + inWords(context.parameters));
    StepResult result{true, "Noted: " + inWords(context.parameters), {}, {}, now()};
    const auto channels = channelsOf(context.parameters);
    for (const auto& channel : channels) {
        const StepResult delivered = co_await deliver(context, channel);
        result.success = result.success && delivered.success;
        const QLatin1StringView how(delivered.success ? "Delivered" : "Not delivered");
        result.message += QString("\n%1 by %2: %3").arg(how, channel, delivered.message);
        for (const QJsonValue artifact : delivered.artifacts) {
            result.artifacts.append(artifact);
        }
        for (const QJsonValue left : delivered.leftovers) {
            result.leftovers.append(left);
        }
    }
    result.fields["channels"] = QJsonArray::fromStringList(channels);
    co_return result;
}

Result<QStringList> NotifyAction::factsOf(const ActionContext& context) const
{
    const auto records = m_journal.read(stream::Actions);
    if (!records) {
        return std::unexpected(records.error());
    }
    QStringList facts;
    for (const auto& record : *records) {
        const bool isNotice = record.kind == kind::NoticeGiven || record.kind == kind::NoticeDelivered;
        if (isNotice && record.body["holder"] == context.holder && record.body["attempt"] == context.attempt) {
            const auto channel = record.body["channel"].toString();
            facts.append(channel.isEmpty() ? record.kind : record.kind + "/" + channel);
        }
    }
    return facts;
}

QCoro::Task<Probe> NotifyAction::probe(ActionContext context)
{
    const auto facts = factsOf(context);
    if (!facts) {
        co_return cannotTell(facts.error().message, now());
    }
    if (!facts->contains(kind::NoticeGiven)) {
        co_return Probe{EffectState::NotApplied, {false, "The notice was not given.", {}, {}, now()}};
    }
    Probe all{EffectState::Applied,
              {true, "Noted: " + inWords(context.parameters), {{"found_by_probe", true}}, {}, now()}};
    const auto channels = channelsOf(context.parameters);
    for (const auto& channel : channels) {
        Probe one = cannotTell(QString("Whether the %1 took it cannot be told.").arg(channel), now());
        if (facts->contains(QString(kind::NoticeDelivered) + "/" + channel)) {
            continue;
        }
        const auto command = programOf(context);
        if (channel == Program && command) {
            one = co_await m_runs.look(context, *command, "notice");
        }
        all.result.success = all.result.success && one.answer == EffectState::Applied;
        all.result.message += "\n" + one.result.message;
        // One that is not known to have taken it outweighs one that has not.
        if (one.answer != EffectState::Applied && all.answer != EffectState::CannotTell) {
            all.answer = one.answer;
        }
    }
    all.result.fields["channels"] = QJsonArray::fromStringList(channels);
    co_return all;
}

} // namespace rc
