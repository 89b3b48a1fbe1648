// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// A duration as people write it: `500ms`, `90s`, `20m`, `1h30m`; whole numbers, larger units first. A bare number has
/// no unit and is none.
[[nodiscard]] std::optional<Milliseconds> parseDuration(const QString& text);

/// The same, the other way: `1h30m`, and `0s` for none.
[[nodiscard]] QString durationText(Milliseconds duration);

/// Replaces each of these fields by `FIELD_ms`, a whole number. What is no duration is left out; the schema has said
/// so.
void normaliseDurations(QJsonObject& object, const QStringList& fields);

} // namespace rc
