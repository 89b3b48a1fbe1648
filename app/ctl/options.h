// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/command.h"

/// Options as values, with a sentence when they are not what was expected.

namespace rc::ctl {

template <ClosedList E>
[[nodiscard]] Result<E> enumValue(const QString& what, const QString& text)
{
    if (const auto value = fromId<E>(text)) {
        return *value;
    }
    return fail(ErrorCode::InvalidInput,
                QString("%1 is '%2', expected one of: %3.").arg(what, text, allIds<E>().join(", ")));
}

/// An option that has to be given.
template <ClosedList E>
[[nodiscard]] Result<E> enumOption(const Invocation& call, const QString& option)
{
    return enumValue<E>("--" + option, call.value(option));
}

template <ClosedList E>
[[nodiscard]] Result<QList<E>> enumOptions(const Invocation& call, const QString& option)
{
    QList<E> values;
    const auto texts = call.values(option);
    for (const auto& text : texts) {
        const auto value = enumValue<E>("--" + option, text);
        if (!value) {
            return std::unexpected(value.error());
        }
        values.append(*value);
    }
    return values;
}

[[nodiscard]] Result<std::optional<Timestamp>> timeOption(const Invocation& call, const QString& option);
/// A whole number of at least `least`; nothing if the option was not given.
[[nodiscard]] Result<std::optional<qint64>> numberOption(const Invocation& call, const QString& option, qint64 least);
/// `STEP=20m`, several times, `STEP=-5m` too.
[[nodiscard]] Result<QHash<StepId, Milliseconds>> stepDurations(const Invocation& call, const QString& option);
[[nodiscard]] Result<Cost> costOption(const Invocation& call);
[[nodiscard]] QList<SystemId> systemOptions(const Invocation& call, const QString& option);
/// `--param K=V`, several times; the values are text.
[[nodiscard]] Result<QJsonObject> keyValueOption(const Invocation& call, const QString& option);
/// The same with values as YAML has them: numbers, true, false and null, and text, in quotes or not.
[[nodiscard]] Result<QJsonObject> typedValueOption(const Invocation& call, const QString& option);

} // namespace rc::ctl
