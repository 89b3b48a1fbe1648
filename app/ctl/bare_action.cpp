// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/bare_action.h"

#include "app/ctl/text.h"
#include "backend/recovery/streams.h"

#include <QUuid>

namespace rc::ctl {
namespace {

/// The one refusal that a result carries when nothing had been touched.
std::optional<Error> refusalIn(const StepResult& result)
{
    const auto error = result.fields["error"].toObject();
    const auto code = fromId<ErrorCode>(error["code"].toString());
    if (!code || !result.artifacts.isEmpty()) {
        return std::nullopt;
    }
    return Error{*code, error["message"].toString(), error["details"].toObject()};
}

ActionContext contextFor(Desk& desk, const SecurityContext& who, const QString& holder, const QJsonObject& parameters)
{
    ActionContext context;
    context.parameters = parameters;
    context.operatorId = who.operatorId;
    context.holder = holder;
    context.operation = desk.operation();
    context.startedAt = desk.journal().now();
    context.record = factRecorder(desk.journal(), who.session, holder);
    return context;
}

/// Keeps the pre-image, journals it, and then acts.
QCoro::Task<StepResult> keepAndExecute(Action* action, ActionContext context)
{
    const Result<Capture> capture = co_await action->capture(context);
    if (!capture) {
        co_return failedResult(capture.error(), context.startedAt);
    }
    const auto recorded = context.record(
        kind::ActionCaptured,
        {{"kind", QString(idOf(capture->kind))}, {"how", capture->how}, {"pre_image", capture->preImage}});
    if (!recorded) {
        co_return failedResult(recorded.error(), context.startedAt);
    }
    context.preImage = capture->preImage;
    co_return co_await action->execute(context);
}

} // namespace

Result<SecurityContext> mayAct(Desk& desk, const QList<Role>& roles, const QString& what)
{
    const auto context = desk.signIn();
    if (!context) {
        return context;
    }
    if (const auto allowed = desk.identity().require(*context, roles, what); !allowed) {
        return std::unexpected(allowed.error());
    }
    return context;
}

QCoro::Task<Reply> runBareAction(Invocation call, SecurityContext who, ActionType type, QJsonObject parameters,
                                 Shape shape)
{
    const auto made = call.desk.actingToolbox();
    if (!made) {
        co_return std::unexpected(made.error());
    }
    Action* const action = (*made)->actionFor(type);
    auto ensuring = call.desk.ensureSupervisor((*made)->inventory());
    const Status supervisor = co_await ensuring;
    if (!supervisor) {
        co_return std::unexpected(supervisor.error());
    }
    // Held for as long as the action lives: claims of a dead one can be taken over.
    const auto lock = ExecutorLock::acquire(call.desk.home());
    if (!lock) {
        co_return std::unexpected(lock.error());
    }
    const QString holder = "action-" + QUuid::createUuid().toString(QUuid::Id128).left(12);
    ActionContext context = contextFor(call.desk, who, holder, parameters);
    const Status can = co_await action->canRun(context);
    if (!can) {
        co_return std::unexpected(can.error());
    }
    Claims claims(call.desk.journal());
    Append start;
    start.events.append(
        {stream::Actions, kind::ActionStarted,
         QJsonObject{{"id", holder}, {"action_type", QString(idOf(type))}, {"parameters", parameters}}});
    if (const auto taken =
            claims.take(start, action->systems(parameters), {holder, who.operatorId, lock->executor().id});
        !taken) {
        co_return std::unexpected(taken.error());
    }
    if (const auto written = call.desk.journal().append(start, *who.session); !written) {
        co_return std::unexpected(written.error());
    }
    const StepResult result = co_await keepAndExecute(action, context);
    Append end;
    end.events.append({stream::Actions, kind::ActionFinished, QJsonObject{{"id", holder}, {"result", toJson(result)}}});
    if (const auto released = claims.release(end, holder); !released) {
        co_return std::unexpected(released.error());
    }
    if (const auto written = call.desk.journal().append(end, *who.session); !written) {
        co_return std::unexpected(written.error());
    }
    if (const auto refusal = refusalIn(result)) {
        co_return std::unexpected(*refusal);
    }
    const bool cancelled = call.desk.operation().cancel.isCancelled();
    const int failure = cancelled ? exitCode(ErrorCode::Cancelled) : 1;
    co_return Answer{shape(result), result.message, result.success ? 0 : failure};
}

QCoro::Task<Reply> previewBareAction(Invocation call, ActionType type, QJsonObject parameters)
{
    const auto made = call.desk.toolbox();
    if (!made) {
        co_return std::unexpected(made.error());
    }
    ActionContext context;
    context.parameters = parameters;
    context.holder = "dry-run";
    const Result<QList<Effect>> effects = co_await (*made)->actionFor(type)->dryRun(context);
    if (!effects) {
        co_return std::unexpected(effects.error());
    }
    QJsonArray json;
    QString text("Dry run; nothing was touched.\n");
    for (const auto& effect : *effects) {
        json.append(toJson(effect));
        text += QString("  %1: %2\n%3").arg(effect.system.text(), effect.what, effect.diff);
    }
    co_return Answer{QJsonObject{{"dry_run", true}, {"effects", json}}, text};
}

} // namespace rc::ctl
