// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

#include <optional>

namespace rc {

/// The value of a plain (unquoted) YAML scalar by the core schema of YAML 1.2: null, true and false, whole and decimal
/// numbers, else text. So `no`, `on` and `1h30m` are text. Nothing, if it is a number too large to be kept exactly.
[[nodiscard]] std::optional<QJsonValue> plainScalar(const QString& text);

} // namespace rc
