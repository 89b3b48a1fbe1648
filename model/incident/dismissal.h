// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"
#include "model/people/actor.h"

namespace rc {

/// Saying that a proposal is no incident: a commander or an analyst.
[[nodiscard]] Status mayDismiss(const Actor& actor);

} // namespace rc
