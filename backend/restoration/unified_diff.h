// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/restoration/configuration_files.h"

namespace rc {

/// The difference between two states of a file as people read it (`diff -u`, with a line for a changed mode): nothing
/// on one side means that the file is not there. Empty, if they are equal. Contents that are not text are only said to
/// differ.
[[nodiscard]] QString unifiedDiff(const std::optional<FileContent>& before, const std::optional<FileContent>& after);

} // namespace rc
