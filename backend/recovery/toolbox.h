// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/health/checks.h"
#include "backend/recovery/action.h"
#include "backend/recovery/recovery_service.h"

namespace rc {

/// All that a plan (or a command without a plan) can use on the systems of one inventory: an action per type, and the
/// named checks.
class Toolbox
{
public:
    Toolbox() = default;
    Toolbox(const Toolbox&) = delete;
    Toolbox& operator=(const Toolbox&) = delete;
    virtual ~Toolbox() = default;

    /// Nothing for a type that this program cannot execute, and for manual steps.
    [[nodiscard]] virtual Action* actionFor(ActionType type) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<CheckResult>> runCheck(QString name, QJsonObject parameters,
                                                                    Operation operation) = 0;
};

/// Makes the tools for an inventory: the one in the file, or the one a plan has pinned.
using ToolboxFactory = std::function<std::unique_ptr<Toolbox>(const Inventory&)>;

} // namespace rc
