// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// One condition of a step on what is known when its turn has come: `{value: ${steps.locate.result.forked}, is: true}`.
struct Condition
{
    /// A literal or a `${...}` reference; see parameters.h.
    QJsonValue value;
    Comparison comparison = Comparison::Is;
    /// Undefined if the file names no comparison, or several.
    QJsonValue expected{QJsonValue::Undefined};

    /// Whether a value meets it. A value of another type than the comparison needs does not.
    [[nodiscard]] bool holdsFor(const QJsonValue& found) const;
    /// "${steps.locate.result.lag} at_least 5"
    [[nodiscard]] QString text() const;

    friend bool operator==(const Condition&, const Condition&) = default;
};

[[nodiscard]] QJsonObject toJson(const Condition& condition);
/// Expects an object that the schema has accepted: `value` and comparisons.
[[nodiscard]] Condition conditionFromJson(const QJsonObject& object);

/// A JSON value as people read it in a sentence.
[[nodiscard]] QString plainText(const QJsonValue& value);

} // namespace rc
