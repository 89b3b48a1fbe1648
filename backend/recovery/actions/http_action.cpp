// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/http_action.h"

#include "backend/recovery/actions/parameter_values.h"

namespace rc {
namespace {

constexpr std::chrono::seconds AskedFor{30};

/// An answer of a server, or of one on the way to it, that has not come to an end with the request: it may have taken
/// effect, or do so yet.
bool leavesOpen(const HttpOutcome& answer)
{
    const int status = answer.fields["status"].toInt();
    return answer.kind == HttpOutcome::Kind::NoAnswer ||
           (answer.kind == HttpOutcome::Kind::Otherwise && (status >= 500 || status == 408));
}

/// Whoever answers a question so has not looked: it may not ask, asks too often, or the server is in trouble itself.
bool saysNothing(const HttpOutcome& answer)
{
    static const QList<int> unanswered{401, 403, 407, 429};
    return answer.kind == HttpOutcome::Kind::NotSent || leavesOpen(answer) ||
           (answer.kind == HttpOutcome::Kind::Otherwise && unanswered.contains(answer.fields["status"].toInt()));
}

} // namespace

QString HttpAction::describe(const QJsonObject& parameters) const
{
    const auto call = httpCallIn(parameters);
    return QString("Makes the request %1%2.")
        .arg(call ? call->line() : parameters["url"].toString(),
             call && call->onlyLooks() ? QString(", which changes nothing") : QString());
}

QCoro::Task<Status> HttpAction::canRun(ActionContext context)
{
    const auto& parameters = context.parameters;
    QList<Result<HttpCall>> calls{httpCallIn(parameters)};
    for (const auto& field : {QString("probe"), QString("undo")}) {
        if (parameters.contains(field)) {
            calls.append(httpCallIn(parameters[field].toObject(), parameters));
        }
    }
    for (const auto& call : std::as_const(calls)) {
        if (!call) {
            co_return std::unexpected(call.error());
        }
        if (const auto headers = namedValuesIn(call->headers, "The header"); !headers) {
            co_return std::unexpected(headers.error());
        }
    }
    co_return claimsKnownSystems(parameters, m_inventory);
}

QCoro::Task<Result<QList<Effect>>> HttpAction::dryRun(ActionContext context)
{
    const auto call = httpCallIn(context.parameters);
    if (!call) {
        co_return std::unexpected(call.error());
    }
    const auto names = namesOf(call->headers);
    QList<Effect> effects{{{},
                           QString("would request %1%2%3")
                               .arg(call->line(), names.isEmpty() ? QString() : QString("; headers: %1").arg(names),
                                    call->onlyLooks() ? QString("; changes nothing") : QString()),
                           call->body ? Redaction::textOf(*call->body) : QString()}};
    const auto touched = systems(context.parameters);
    for (const auto& system : touched) {
        effects.append({system, "would be worked on by it", {}});
    }
    co_return effects;
}

QCoro::Task<Result<Capture>> HttpAction::capture(ActionContext context)
{
    const auto& parameters = context.parameters;
    const auto call = httpCallIn(parameters);
    if (!call) {
        co_return std::unexpected(call.error());
    }
    if (call->onlyLooks()) {
        co_return Capture{Capture::Kind::NoEffect, "The request changes nothing.", {}};
    }
    if (!parameters.contains("undo")) {
        co_return Capture{Capture::Kind::Final, "What the request does cannot be taken back.", {}};
    }
    const auto undo = httpCallIn(parameters["undo"].toObject(), parameters);
    if (!undo) {
        co_return std::unexpected(undo.error());
    }
    co_return Capture{Capture::Kind::Undoable, QString("Makes the request %1.").arg(undo->line()), {}};
}

QCoro::Task<Probe> HttpAction::ask(ActionContext context, StepAct act, QString why)
{
    if (!context.parameters.contains("probe")) {
        co_return cannotTell(why, now());
    }
    const auto call = httpCallIn(context.parameters["probe"].toObject(), context.parameters);
    if (!call) {
        co_return cannotTell(call.error().message, now());
    }
    const LimitedOperation limited({}, AskedFor); // what was stopped is the request, not the question
    const HttpOutcome found = co_await perform(m_network, *call, limited.operation);
    const auto sentence = QString("%1 %2").arg(why, found.message).trimmed();
    if (saysNothing(found)) {
        co_return cannotTell(sentence, now());
    }
    const bool isThere = found.kind == HttpOutcome::Kind::AsExpected;
    const bool isApplied = isThere == (act == StepAct::Run);
    auto fields = found.fields;
    fields["found_by_probe"] = true;
    co_return Probe{isApplied ? EffectState::Applied : EffectState::NotApplied,
                    {isApplied, sentence, fields, {}, now()}};
}

QCoro::Task<StepResult> HttpAction::make(ActionContext context, HttpCall call, StepAct act)
{
    const HttpOutcome outcome = co_await perform(m_network, call, context.operation);
    StepResult result{outcome.kind == HttpOutcome::Kind::AsExpected, outcome.message, outcome.fields, {}, now()};
    // What an earlier attempt had done stands.
    const bool notSent = outcome.kind == HttpOutcome::Kind::NotSent && context.attempt == 1;
    result.reverted = notSent || (!result.success && call.onlyLooks());
    if (!leavesOpen(outcome) || call.onlyLooks() || context.operation.cancel.isCancelled()) {
        co_return result; // after a stop the engine asks
    }
    const Probe found = co_await ask(context, act, outcome.message);
    if (found.answer == EffectState::Applied) {
        co_return found.result;
    }
    result.message = found.result.message;
    result.reverted = found.answer == EffectState::NotApplied;
    if (found.answer == EffectState::CannotTell) {
        result.message += " Whether it took effect cannot be told.";
        result.doubtful = true;
        result.leftovers = {QJsonObject{{"system", ""},
                                        {"what", QString("The effect of %1 is not known.").arg(call.line())},
                                        {"cleanup", "Look at what it was to change, before it is made again."}}};
    }
    co_return result;
}

QCoro::Task<StepResult> HttpAction::execute(ActionContext context)
{
    const auto call = httpCallIn(context.parameters);
    if (!call) {
        co_return failedResult(call.error(), now());
    }
    const StepResult result = co_await make(context, *call, StepAct::Run);
    co_return result;
}

QCoro::Task<StepResult> HttpAction::undo(ActionContext context)
{
    const auto call = httpCallIn(context.parameters["undo"].toObject(), context.parameters);
    if (!call) {
        co_return failedResult(call.error(), now());
    }
    const StepResult result = co_await make(context, *call, StepAct::Undo);
    co_return result;
}

QCoro::Task<Probe> HttpAction::probe(ActionContext context)
{
    const auto call = httpCallIn(context.parameters);
    if (!call) {
        co_return cannotTell(call.error().message, now());
    }
    if (call->onlyLooks() && context.act == StepAct::Run) {
        co_return Probe{EffectState::NotApplied, {false, "The request changes nothing.", {}, {}, now()}};
    }
    const Probe found =
        co_await ask(context, context.act, QString("Whether %1 arrived cannot be told by itself.").arg(call->line()));
    co_return found;
}

} // namespace rc
