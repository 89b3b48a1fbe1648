// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/procedure/procedure.h"

namespace rc {

/// The JSON Schema (draft-07) of the product named so: "procedure" or "inventory" (resources/schemas/NAME.json).
[[nodiscard]] const QJsonObject& documentSchema(const QString& name);

/// What a value breaks of one of our schemas, in human words: `unknown field 'stepz', expected one of: ...`. Empty when
/// it keeps the schema. valijson has the last word: what it refuses is refused, even where we have no words of our own.
[[nodiscard]] QList<Problem> schemaProblems(const QString& schemaName, const QJsonValue& value);

/// Adds those of `more` that do not stand at or below a place where `problems` already has one.
[[nodiscard]] QList<Problem> withFurtherProblems(QList<Problem> problems, const QList<Problem>& more);

} // namespace rc
