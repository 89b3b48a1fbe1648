// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/actions.h"

#include "backend/recovery/streams.h"

namespace rc {
namespace {

Result<BlockId> targetOf(const QJsonObject& parameters)
{
    const auto height = parameters["height"];
    const QString hash = parameters["hash"].toString();
    if (!height.isDouble() || height.toInteger(-1) < 0 || hash.isEmpty()) {
        return fail(ErrorCode::TargetInvalid, "A target is a height and its hash; one of them is missing.");
    }
    return BlockId{height.toInteger(), hash};
}

} // namespace

QString ChainAction::describe(const QJsonObject& parameters) const
{
    return QString("Brings %1 to height %2, block %3, and compares their state with the quorum's.")
        .arg(namesOf(systems(parameters)))
        .arg(parameters["height"].toInteger())
        .arg(parameters["hash"].toString());
}

QCoro::Task<Result<Capture>> ChainAction::capture(ActionContext)
{
    co_return Capture{Capture::Kind::Final, "The blocks that a rollback drops are not kept.", {}};
}

QCoro::Task<Status> ChainAction::canRun(ActionContext context)
{
    const auto target = targetOf(context.parameters);
    if (!target) {
        co_return std::unexpected(target.error());
    }
    const Result<QList<RecoveryEffect>> effects = co_await m_recovery.dryRun(*target, systems(context.parameters));
    co_return effects ? Status() : std::unexpected(effects.error());
}

QCoro::Task<Result<QList<Effect>>> ChainAction::dryRun(ActionContext context)
{
    const auto target = targetOf(context.parameters);
    if (!target) {
        co_return std::unexpected(target.error());
    }
    const Result<QList<RecoveryEffect>> found = co_await m_recovery.dryRun(*target, systems(context.parameters));
    if (!found) {
        co_return std::unexpected(found.error());
    }
    QList<Effect> effects;
    for (const auto& effect : *found) {
        effects.append({effect.system, effect.description, {}});
    }
    co_return effects;
}

QCoro::Task<StepResult> ChainAction::execute(ActionContext context)
{
    const auto target = targetOf(context.parameters);
    if (!target) {
        co_return failedResult(target.error(), now());
    }
    const auto recorder = [context](qint64 from, qint64 to, const SystemId& system) -> Status {
        return context.record ? context.record(kind::ChainRolledBack,
                                               {{"system", system.text()}, {"from_height", from}, {"to_height", to}})
                              : Status();
    };
    const Result<RecoveryResult> result =
        co_await m_recovery.recover(*target, systems(context.parameters), context.operation, recorder);
    if (!result) {
        auto failed = failedResult(result.error(), now());
        failed.artifacts = result.error().details["operations"].toArray();
        co_return failed;
    }
    co_return StepResult{result->success,
                         result->message,
                         {{"height", target->height}, {"hash", target->hash}, {"recovery", result->toJson()}},
                         toJson(result->operations),
                         now()};
}

QCoro::Task<Probe> ChainAction::probe(ActionContext context)
{
    const auto target = targetOf(context.parameters);
    if (!target) {
        co_return Probe{EffectState::CannotTell, failedResult(target.error(), now())};
    }
    const EffectState answer = co_await m_recovery.probe(*target, systems(context.parameters));
    const QString detail = answer == EffectState::Applied
                               ? QString("The nodes have block %1 and agree with the quorum.").arg(target->height)
                           : answer == EffectState::NotApplied
                               ? QString("The nodes are not recovered to height %1 yet.").arg(target->height)
                               : QString("The nodes or their quorum do not answer.");
    co_return Probe{answer,
                    {answer == EffectState::Applied,
                     detail,
                     {{"height", target->height}, {"hash", target->hash}, {"found_by_probe", true}},
                     {},
                     now()}};
}

} // namespace rc
