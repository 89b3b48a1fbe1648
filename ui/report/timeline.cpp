// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"

namespace rc::report {

void addTimeline(Composer&, const PlanFacts&) {}

} // namespace rc::report
