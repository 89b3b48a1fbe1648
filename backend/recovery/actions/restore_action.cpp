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

RestorationContext restorationContext(const ActionContext& context)
{
    RestorationContext restoration;
    restoration.checkHealth = context.parameters["check_health"].toBool(true);
    restoration.operation = context.operation;
    return restoration;
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
    QList<Effect> effects;
    const auto ids = systems(context.parameters);
    for (const auto& id : ids) {
        const Result<RestorationPreview> preview = co_await m_restoration.dryRun(id, *target);
        if (!preview) {
            co_return std::unexpected(preview.error());
        }
        effects.append({id, preview->actions.join("; "), preview->diff});
    }
    co_return effects;
}

QCoro::Task<StepResult> RestoreAction::execute(ActionContext context)
{
    const auto target = targetOf(context);
    if (!target) {
        co_return failedResult(target.error(), m_clock());
    }
    QList<RestorationResult> results;
    const auto ids = systems(context.parameters);
    for (const auto& id : ids) {
        const Result<RestorationResult> result =
            co_await m_restoration.restoreSystem(id, *target, restorationContext(context));
        if (!result) {
            auto failed = summary(results, m_clock());
            failed.success = false;
            failed.message = result.error().message;
            failed.fields["error"] = result.error().toJson();
            co_return failed;
        }
        results.append(*result);
        if (!result->success) {
            break;
        }
    }
    co_return summary(results, m_clock());
}

QCoro::Task<Probe> RestoreAction::probe(ActionContext context)
{
    const auto target = targetOf(context);
    if (!target) {
        co_return Probe{ProbeAnswer::CannotTell, failedResult(target.error(), m_clock())};
    }
    const bool checkHealth = context.parameters["check_health"].toBool(true);
    QStringList details;
    bool all = true;
    const auto ids = systems(context.parameters);
    for (const auto& id : ids) {
        const EffectProbe found = co_await m_restoration.probe(id, *target, checkHealth);
        details.append(found.detail);
        if (found.state == EffectState::CannotTell) {
            co_return Probe{ProbeAnswer::CannotTell, {false, found.detail, {}, {}, m_clock()}};
        }
        all = all && found.state == EffectState::Applied;
    }
    // Restoring is safe to run again: a half-restored set is restored whole.
    co_return Probe{all ? ProbeAnswer::Applied : ProbeAnswer::NotApplied,
                    {all, details.join(" "), {{"found_by_probe", true}}, {}, m_clock()}};
}

} // namespace rc
