// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/procedure/condition.h"

namespace rc {

bool Condition::holdsFor(const QJsonValue& found) const
{
    switch (comparison) {
    case Comparison::Is:
        return found == expected;
    case Comparison::IsNot:
        return found != expected;
    case Comparison::AtLeast:
        return found.isDouble() && expected.isDouble() && found.toDouble() >= expected.toDouble();
    case Comparison::AtMost:
        return found.isDouble() && expected.isDouble() && found.toDouble() <= expected.toDouble();
    case Comparison::Contains:
        return found.isString() ? expected.isString() && found.toString().contains(expected.toString())
                                : found.toArray().contains(expected);
    case Comparison::OneOf:
        return expected.toArray().contains(found);
    }
    return false;
}

QString Condition::text() const
{
    return QString("%1 %2 %3").arg(plainText(value), idOf(comparison), plainText(expected));
}

QJsonObject toJson(const Condition& condition)
{
    return {{"value", condition.value}, {QString(idOf(condition.comparison)), condition.expected}};
}

Condition conditionFromJson(const QJsonObject& object)
{
    Condition condition;
    condition.value = object["value"];
    int comparisons = 0;
    for (const auto& key : object.keys()) {
        if (const auto comparison = fromId<Comparison>(key)) {
            condition.comparison = *comparison;
            condition.expected = object[key];
            ++comparisons;
        }
    }
    if (comparisons != 1) {
        condition.expected = QJsonValue(QJsonValue::Undefined);
    }
    return condition;
}

QString plainText(const QJsonValue& value)
{
    if (value.isString()) {
        return value.toString();
    }
    if (value.isArray()) {
        QStringList parts;
        for (const auto& entry : value.toArray()) {
            parts.append(plainText(entry));
        }
        return parts.join(", ");
    }
    if (value.isObject()) {
        return QString::fromUtf8(canonicalJson(value.toObject()));
    }
    return value.isNull() ? QString("nothing") : value.toVariant().toString();
}

} // namespace rc
