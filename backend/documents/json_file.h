// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

/// Files that people carry from one place to another, e.g. a dry run, or a request for approval.

namespace rc {

/// Writes a file that does not exist yet. InvalidInput where it does, StoreError where it cannot be written.
[[nodiscard]] Status writeNewFile(const QString& path, const QByteArray& bytes);
/// The JSON object that a file holds. NotFound where it cannot be read, or InvalidInput with what is wrong with it.
[[nodiscard]] Result<QJsonObject> readJsonFile(const QString& path);

} // namespace rc
