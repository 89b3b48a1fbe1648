// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/actions.h"

namespace rc {
namespace {

/// The form of procedures: `last_known_good`, `{version: N}` or `{config: ID}`.
Result<TargetState> targetOf(const ActionContext& context)
{
    const auto to = context.parameters["to"];
    if (to["version"].isDouble()) {
        return TargetState::configurationVersion(to["version"].toInt());
    }
    if (to["config"].isString()) {
        return TargetState::specific(to["config"].toString());
    }
    // Without an incident nothing says since when marks are doubtful.
    const auto since = context.incident.id.isEmpty() ? std::nullopt : std::optional(context.incident.compromisedSince);
    return targetStateFrom(to.toString(), since);
}

bool wantsHealth(const ActionContext& context)
{
    return context.parameters["check_health"].toBool(true);
}

/// What several restorations come to; the fields are the results by system.
StepResult summary(const QList<RestorationResult>& results, Timestamp at)
{
    StepResult step{true, {}, {}, {}, at};
    QJsonArray all;
    QStringList sentences;
    for (const auto& result : results) {
        step.success = step.success && result.success;
        sentences.append(result.details);
        all.append(toJson(result));
        for (const auto& artifact : result.artifacts) {
            step.artifacts.append(artifact);
        }
    }
    step.message = sentences.join(" ");
    step.fields = {{"restorations", all}};
    return step;
}

} // namespace

QList<SystemId> RestoreAction::systems(const QJsonObject& parameters) const
{
    return idsFromJson<SystemId>(parameters["systems"]);
}

QCoro::Task<Status> RestoreAction::canRun(ActionContext context)
{
    const auto target = targetOf(context);
    if (!target) {
        co_return std::unexpected(target.error());
    }
    const auto ids = systems(context.parameters);
    if (ids.isEmpty()) {
        co_return fail(ErrorCode::InvalidInput, "No system is named that could be restored.");
    }
    if (const auto order = m_restoration.inOrder(ids); !order) {
        co_return std::unexpected(order.error());
    }
    for (const auto& id : ids) {
        const Status can = co_await m_restoration.canRestore(id, *target);
        if (!can) {
            co_return can;
        }
    }
    co_return Status();
}

QCoro::Task<Result<QList<Effect>>> RestoreAction::dryRun(ActionContext context)
{
    const auto target = targetOf(context);
    if (!target) {
        co_return std::unexpected(target.error());
    }
    const auto ids = m_restoration.inOrder(systems(context.parameters));
    if (!ids) {
        co_return std::unexpected(ids.error());
    }
    QList<Effect> effects;
    for (const auto& id : *ids) {
        const Result<RestorationPreview> preview = co_await m_restoration.dryRun(id, *target, wantsHealth(context));
        if (!preview) {
            co_return std::unexpected(preview.error());
        }
        effects.append({id, preview->actions.join("; "), preview->diff});
    }
    co_return effects;
}

QCoro::Task<Result<RestorationResult>> RestoreAction::restoreOne(ActionContext context, SystemId system,
                                                                 TargetState target, bool checkHealth)
{
    const auto backup = m_preImages.take(context, system, target);
    if (!backup) {
        co_return std::unexpected(backup.error());
    }
    auto restoring = m_restoration.restoreSystem(
        system, target, {.checkHealth = checkHealth, .backupId = *backup, .operation = context.operation});
    const auto result = co_await restoring;
    const auto concluded = m_preImages.conclude(context, system, *backup, result && result->success);
    if (result && !concluded) {
        co_return fail(concluded.error().code,
                       QString("%1, which could not be recorded: %2").arg(result->details, concluded.error().message));
    }
    co_return result;
}

QCoro::Task<StepResult> RestoreAction::execute(ActionContext context)
{
    const auto target = targetOf(context);
    const auto ids = m_restoration.inOrder(systems(context.parameters));
    if (!target || !ids) {
        co_return failedResult(target ? ids.error() : target.error(), m_clock());
    }
    const bool several = ids->size() > 1;
    QList<RestorationResult> results;
    for (const auto& id : *ids) {
        auto restoring = restoreOne(context, id, *target, wantsHealth(context) && !several);
        const auto result = co_await restoring;
        if (!result) {
            auto failed = summary(results, m_clock());
            failed.success = false;
            failed.message = result.error().message;
            failed.fields["error"] = result.error().toJson();
            co_return failed;
        }
        results.append(*result);
        if (!result->success) {
            co_return summary(results, m_clock());
        }
    }
    auto step = summary(results, m_clock());
    if (several && wantsHealth(context)) {
        auto looking = m_restoration.awaitHealth(*ids, {.operation = context.operation});
        const auto health = co_await looking;
        step.success = health && health->passed;
        step.message += ' ' + (health ? health->detail : health.error().message);
    }
    co_return step;
}

QCoro::Task<Probe> RestoreAction::probe(ActionContext context)
{
    const auto target = targetOf(context);
    if (!target) {
        co_return Probe{EffectState::CannotTell, failedResult(target.error(), m_clock())};
    }
    QStringList details;
    bool all = true;
    const auto ids = systems(context.parameters);
    for (const auto& id : ids) {
        const EffectProbe found = co_await m_restoration.probe(id, *target, context.startedAt, wantsHealth(context));
        details.append(found.detail);
        if (found.state == EffectState::CannotTell) {
            co_return Probe{EffectState::CannotTell, {false, found.detail, {}, {}, m_clock()}};
        }
        all = all && found.state == EffectState::Applied;
    }
    // Restoring is safe to run again: a half-restored set is restored whole.
    co_return Probe{all ? EffectState::Applied : EffectState::NotApplied,
                    {all, details.join(" "), {{"found_by_probe", true}}, {}, m_clock()}};
}

} // namespace rc
