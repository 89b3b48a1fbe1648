// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/actions.h"

#include <algorithm>

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

QString RestoreAction::describe(const QJsonObject& parameters) const
{
    const auto to = parameters["to"];
    const QString target = to["version"].isDouble()  ? QString("configuration version %1").arg(to["version"].toInt())
                           : to["config"].isString() ? QString("configuration %1").arg(to["config"].toString())
                                                     : QString("the last configuration known to be good");
    return QString("Stops %1, restores %2 and starts them again.").arg(namesOf(systems(parameters)), target);
}

QCoro::Task<std::optional<Milliseconds>> RestoreAction::estimate(ActionContext context)
{
    const auto target = targetOf(context);
    Milliseconds all{0};
    const auto ids = systems(context.parameters);
    for (const auto& id : ids) {
        if (!target) {
            co_return std::nullopt;
        }
        const Result<Milliseconds> one = co_await m_restoration.estimateRestorationTime(id, *target);
        if (!one) {
            co_return std::nullopt;
        }
        all += *one;
    }
    co_return all;
}

QCoro::Task<Result<Capture>> RestoreAction::capture(ActionContext context)
{
    const auto target = targetOf(context);
    if (!target) {
        co_return std::unexpected(target.error());
    }
    QJsonObject backups;
    const auto ids = systems(context.parameters);
    for (const auto& id : ids) {
        const auto backup = m_restoration.capture(id, *target);
        if (!backup) {
            co_return std::unexpected(backup.error());
        }
        backups.insert(id.text(), backup->id);
    }
    QJsonObject preImage;
    preImage.insert("backups", backups);
    co_return Capture{
        Capture::Kind::Undoable,
        QString("The files that %1 had before are put back, and it is started with them.").arg(namesOf(ids)), preImage};
}

bool RestoreAction::isBack(const ActionContext& context) const
{
    const auto backups = context.preImage["backups"].toObject();
    return !backups.isEmpty() && std::ranges::all_of(backups, [this](const QJsonValue& backup) {
        return m_restoration.isInPlace(backup.toString());
    });
}

QCoro::Task<QJsonArray> RestoreAction::standingStill(QJsonObject parameters)
{
    QJsonArray left;
    const auto ids = systems(parameters);
    for (const auto& id : ids) {
        const bool runs = co_await m_restoration.runs(id);
        if (!runs) {
            left.append(standsStill(id));
        }
    }
    co_return left;
}

QCoro::Task<StepResult> RestoreAction::execute(ActionContext context)
{
    const auto target = targetOf(context);
    const auto ids = m_restoration.inOrder(systems(context.parameters));
    if (!target || !ids) {
        co_return failedResult(target ? ids.error() : target.error(), now());
    }
    const bool several = ids->size() > 1;
    const auto backups = context.preImage["backups"].toObject();
    QList<RestorationResult> results;
    for (const auto& id : *ids) {
        auto restoring = m_restoration.restoreSystem(id, *target,
                                                     {.checkHealth = wantsHealth(context) && !several,
                                                      .backupId = backups[id.text()].toString(),
                                                      .operation = context.operation});
        const auto result = co_await restoring;
        if (result) {
            results.append(*result);
        }
        if (!result || !result->success) {
            auto failed = summary(results, now());
            if (!result) {
                failed.success = false;
                failed.message = result.error().message;
                failed.fields["error"] = result.error().toJson();
            }
            failed.leftovers = co_await standingStill(context.parameters);
            failed.reverted = isBack(context) && failed.leftovers.isEmpty();
            co_return failed;
        }
    }
    auto step = summary(results, now());
    if (several && wantsHealth(context)) {
        auto looking = m_restoration.awaitHealth(*ids, {.operation = context.operation});
        const auto health = co_await looking;
        step.success = health && health->passed;
        step.message += ' ' + (health ? health->detail : health.error().message);
    }
    co_return step;
}

QCoro::Task<StepResult> RestoreAction::undo(ActionContext context)
{
    auto ids = m_restoration.inOrder(systems(context.parameters));
    if (!ids) {
        co_return failedResult(ids.error(), now());
    }
    std::ranges::reverse(*ids);
    const auto backups = context.preImage["backups"].toObject();
    QList<RestorationResult> results;
    for (const auto& id : *ids) {
        // Whether it is healthy with what it had before is not asked: often that is why it was restored.
        auto undoing =
            m_restoration.undo(backups[id.text()].toString(), {.checkHealth = false, .operation = context.operation});
        const auto result = co_await undoing;
        if (result) {
            results.append(*result);
        }
        if (!result || !result->success) {
            auto failed = summary(results, now());
            if (!result) {
                failed.success = false;
                failed.message = (failed.message + ' ' + result.error().message).trimmed();
            }
            failed.leftovers = co_await standingStill(context.parameters);
            co_return failed;
        }
    }
    co_return summary(results, now());
}

QCoro::Task<Probe> RestoreAction::probeUndo(ActionContext context)
{
    if (!isBack(context)) {
        context.act = StepAct::Run;
        const Probe run = co_await probe(context);
        if (run.answer == EffectState::Applied) {
            co_return Probe{EffectState::NotApplied, run.result};
        }
        co_return cannotTell(
            "Some of the files that were there before are back, and some are not. " + run.result.message, now());
    }
    const auto ids = systems(context.parameters);
    for (const auto& id : ids) {
        const bool runs = co_await m_restoration.runs(id);
        if (!runs) {
            co_return cannotTell(QString("%1 has the files that it had before, and does not run.").arg(id.text()),
                                 now());
        }
    }
    co_return Probe{
        EffectState::Applied,
        {true, QString("%1 has the files that were there before, and runs.").arg(namesOf(ids)), {}, {}, now()}};
}

QCoro::Task<Probe> RestoreAction::probe(ActionContext context)
{
    if (context.act == StepAct::Undo) {
        co_return co_await probeUndo(context);
    }
    const auto target = targetOf(context);
    if (!target) {
        co_return Probe{EffectState::CannotTell, failedResult(target.error(), now())};
    }
    QStringList details;
    bool all = true;
    const auto ids = systems(context.parameters);
    for (const auto& id : ids) {
        const EffectProbe found = co_await m_restoration.probe(id, *target, context.startedAt, wantsHealth(context));
        details.append(found.detail);
        if (found.state == EffectState::CannotTell) {
            co_return Probe{EffectState::CannotTell, {false, found.detail, {}, {}, now()}};
        }
        all = all && found.state == EffectState::Applied;
    }
    // Restoring is safe to run again: a half-restored set is restored whole.
    co_return Probe{all ? EffectState::Applied : EffectState::NotApplied,
                    {all, details.join(" "), {{"found_by_probe", true}}, {}, now()}};
}

} // namespace rc
