// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/projection.h"

#include <memory>

namespace rc {

/// The journal's own projections, for queries and reports:
/// - documents(hash, name, text, since): what was pinned, by SHA-256; since is the row's sequence.
[[nodiscard]] QList<std::shared_ptr<Projection>> ownProjections();

} // namespace rc
