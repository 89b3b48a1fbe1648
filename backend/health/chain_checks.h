// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/health/health_check_service.h"

namespace rc {

/// `state_agreement`: unhealthy if the node's values do not give its own header's root, or its block hash or computed
/// state differs from the quorum's; unknown where there is nothing to compare with.
[[nodiscard]] CheckReport judgeAgreement(const NodeHead& node, const NetworkHeads& heads);

/// `height`: unhealthy if the node is silent, held, stuck behind the others, or the whole chain stands still; degraded
/// while it catches up. `later` is its height at a second look, if there was one.
[[nodiscard]] CheckReport judgeHeight(const NodeHead& node, const NetworkHeads& heads, std::optional<qint64> later,
                                      const HealthOptions& options);

} // namespace rc
