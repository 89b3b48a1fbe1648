// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/journal.h"
#include "model/base/id.h"

namespace rc {

/// An action without a plan whose process died between its start and its end. What it left is not known; its claims
/// stay until the next action on one of its systems.
struct InterruptedAction
{
    QString id;
    QString actionType;
    OperatorId operatorId;
    Timestamp startedAt;
    QList<SystemId> systems;

    /// What happened, and what to do about it.
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QJsonObject toJson() const;
};

/// Those that nobody has come back to. Looks only.
[[nodiscard]] Result<QList<InterruptedAction>> interruptedActions(Journal& journal);

} // namespace rc
