// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/engine/goals.h"

namespace rc::bench {

/// Start, decisions, a run and the fold of a plan of that procedure, beside the goals.
void measureLarge(const QString& name, const QByteArray& procedure, Goals& goals);

} // namespace rc::bench
