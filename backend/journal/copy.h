// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/sql.h"
#include "backend/journal/verification.h"

namespace rc {

/// Copies the open store into a new file (0600) as it is at one moment, by VACUUM INTO. The file gets its name when it
/// is whole and synced: until then it is PATH.partial-*, which a process that was killed leaves behind. InvalidInput if
/// there is a file already; nothing is left behind on failure.
[[nodiscard]] Status copyStore(Sql& sql, const QString& path);
/// The same, and the copy is verified whole before it gets its name. One that is not sound is not kept.
[[nodiscard]] Result<Verification> copyStoreVerified(Sql& sql, const QString& path);

/// Verifies a store file whole, whatever its checkpoint says.
[[nodiscard]] Result<Verification> verifyStoreFile(const QString& path);

} // namespace rc
