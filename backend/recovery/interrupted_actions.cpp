// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/interrupted_actions.h"

#include "backend/recovery/claims.h"
#include "backend/recovery/streams.h"

namespace rc {
QString InterruptedAction::sentence() const
{
    return QString("%1 of %2, begun by %3 at %4, was killed before its end; what it left is not known. Look at %2, and "
                   "give the command again to bring it to its end.")
        .arg(actionType, namesOf(systems), operatorId.text(), toRfc3339(startedAt));
}

QJsonObject InterruptedAction::toJson() const
{
    return {{"id", id},
            {"action_type", actionType},
            {"operator", operatorId.text()},
            {"started_at", toRfc3339(startedAt)},
            {"systems", rc::toJson(systems)},
            {"message", sentence()}};
}

Result<QList<InterruptedAction>> interruptedActions(Journal& journal)
{
    const auto claims = Claims(journal).abandoned();
    if (!claims || claims->isEmpty()) {
        return claims ? Result<QList<InterruptedAction>>(QList<InterruptedAction>()) : std::unexpected(claims.error());
    }
    const auto records = journal.read(stream::Actions);
    if (!records) {
        return std::unexpected(records.error());
    }
    QList<InterruptedAction> found;
    for (const auto& record : *records) {
        const QString id = record.body["id"].toString();
        if (record.kind == kind::ActionStarted && claims->contains(id)) {
            found.append(
                {id, record.body["action_type"].toString(), record.operatorId, record.time, claims->value(id)});
        }
    }
    return found;
}

} // namespace rc
