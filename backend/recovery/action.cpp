// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/action.h"

#include "backend/recovery/streams.h"

namespace rc {

QJsonObject toJson(const Effect& effect)
{
    return {{"system", effect.system.text()}, {"what", effect.what}, {"diff", effect.diff}};
}

QList<SystemId> Action::systems(const QJsonObject& parameters) const
{
    return idsFromJson<SystemId>(parameters["systems"]);
}

QCoro::Task<std::optional<Milliseconds>> Action::estimate(ActionContext)
{
    co_return std::nullopt;
}

QCoro::Task<StepResult> Action::undo(ActionContext)
{
    co_return cannotUndo(now());
}

QJsonObject checkParameters(QJsonObject parameters, const Incident& incident)
{
    if (!parameters.contains("compromised_since")) {
        parameters["compromised_since"] = toRfc3339(incident.compromisedSince);
    }
    return parameters;
}

QJsonObject standsStill(const SystemId& system)
{
    return {{"system", system.text()},
            {"what", QString("%1 does not run.").arg(system.text())},
            {"cleanup", QString("Find out why, and start it: recoveryctl service restart %1").arg(system.text())}};
}

StepResult failedResult(const Error& error, Timestamp at)
{
    return {false, error.message, {{"error", error.toJson()}}, {}, at};
}

Probe cannotTell(const QString& why, Timestamp at)
{
    return {EffectState::CannotTell, {false, why, {}, {}, at}};
}

StepResult cannotUndo(Timestamp at)
{
    return {false, "This cannot be undone.", {}, {}, at};
}

std::function<Status(const QString& kind, const QJsonObject& body)>
factRecorder(Journal& journal, std::shared_ptr<Session> session, const QString& holder)
{
    return [&journal, session = std::move(session), holder](const QString& kind, QJsonObject body) -> Status {
        body["holder"] = holder;
        const auto written = journal.append({{{stream::Actions, kind, body}}, {}, {}}, *session);
        return written ? Status() : std::unexpected(written.error());
    };
}

} // namespace rc
