// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/toolbox.h"

namespace rc {

/// Per step of the plan, the claims of others on systems that its action would touch, as reasons for waiting (product
/// rule 6); none for a step that is not next or not automated. Tools are made only if anything is claimed at all.
[[nodiscard]] Result<QList<QStringList>> waitingClaims(Journal& journal, RecoveryService& recovery, const Plan& plan,
                                                       const ToolboxFactory& makeTools);

} // namespace rc
