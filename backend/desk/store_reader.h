// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/desk/desk.h"
#include "backend/desk/desk_view.h"

namespace rc {

/// Reads what a screen shows out of an open desk: all open plans, and those watched that are there. A part that cannot
/// be read makes the view Lost, with the reason.
[[nodiscard]] StoreView readStore(Desk& desk, const QList<PlanId>& watched);

} // namespace rc
