// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

namespace rc::ui::report {

/// Draws the report described by a JSON document and writes it, whole or not at all. The answer is
/// `{path, sha256, pages, bytes}`. InvalidInput: the document; StoreError: the file cannot be written.
[[nodiscard]] Result<QJsonObject> writeReport(const QByteArray& document, const QString& path);

} // namespace rc::ui::report
