// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/projection.h"

#include <memory>

namespace rc {

/// The journal's own projections, for queries and reports:
/// - operators(id, name, roles, key_id, enabled, added_at): roles as a JSON array of ids, times in ms since 1970 UTC;
/// - keys(key_id, kind, operator, since, expires): kind device, operator or session; since is the row's sequence;
/// - documents(hash, name, text, since): what was pinned, by SHA-256.
[[nodiscard]] QList<std::shared_ptr<Projection>> ownProjections();

} // namespace rc
