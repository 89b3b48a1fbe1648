// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/plan_view_model.h"

namespace rc::ui {

/// What is known of a step: parameters as they will be or were used, results, artifacts, approvals, evidence.
[[nodiscard]] QList<FactRow> factsOf(const Plan& plan, qsizetype index);
/// The checks of the last verification, or of the one to come.
[[nodiscard]] QList<CheckRow> checksOf(const Plan& plan, Timestamp now);
/// How many there are, as long as it is not their turn; then empty.
[[nodiscard]] QString checksAhead(const Plan& plan);

} // namespace rc::ui
