// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/procedure/procedure.h"

namespace rc {

/// What a value breaks of a draft-07 schema, in human words. Knows the keywords our schemas use: $ref (into
/// `definitions`), type, enum, const, required, properties, additionalProperties, items, minItems, minimum, maximum,
/// pattern, anyOf, allOf, if/then. Two annotations steer the sentence: `x-expected` says what was expected ("a duration
/// such as 90s"), `writeOnly` keeps the value out of it (secrets).
[[nodiscard]] QList<Problem> problemsInWords(const QJsonObject& schema, const QJsonValue& value);

/// The word of `known` that is nearest to a mistyped one, if any is near.
[[nodiscard]] std::optional<QString> nearestWord(const QString& word, const QStringList& known);

} // namespace rc
