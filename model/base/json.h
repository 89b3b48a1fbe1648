// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"
#include "model/base/id.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

#include <chrono>

namespace rc {

/// A point in time, UTC, to the millisecond. The model never reads a clock; times come in with commands and events.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

/// RFC 3339 with milliseconds and a Z, as in JSON answers and journal rows: `2026-11-23T03:00:00.000Z`.
[[nodiscard]] QString toRfc3339(Timestamp time);
/// Reads any RFC 3339 time with an offset or Z (no leap seconds), and the shorter forms of ISO 8601 that have a zone.
/// Nothing, if the text is not one.
[[nodiscard]] std::optional<Timestamp> fromRfc3339(const QString& text);

/// Canonical bytes of a JSON value: keys sorted, no white space. Equal values give equal bytes, so they can be hashed.
[[nodiscard]] QByteArray canonicalJson(const QJsonObject& object);
/// Lower-case hex SHA-256.
[[nodiscard]] QString sha256Hex(const QByteArray& bytes);

/// The JSON pointer (RFC 6901) of a member of the object, or an entry of the array, at `parent`.
[[nodiscard]] QString childPointer(const QString& parent, const QString& key);

/// Takes over all fields of the other one; what is in both is as there.
void addFields(QJsonObject& object, const QJsonObject& more);

template <class Tag>
[[nodiscard]] QJsonArray toJson(const QList<Id<Tag>>& ids)
{
    QJsonArray array;
    for (const auto& id : ids) {
        array.append(id.text());
    }
    return array;
}

template <class IdType>
[[nodiscard]] QList<IdType> idsFromJson(const QJsonValue& value)
{
    QList<IdType> ids;
    for (const auto& entry : value.toArray()) {
        ids.append(IdType(entry.toString()));
    }
    return ids;
}

template <ClosedList E>
[[nodiscard]] QJsonArray toJson(const QList<E>& values)
{
    QJsonArray array;
    for (const auto value : values) {
        array.append(QString(idOf(value)));
    }
    return array;
}

/// Ids that the list does not know are left out; whoever reads untrusted text checks it against a schema first.
template <ClosedList E>
[[nodiscard]] QList<E> enumsFromJson(const QJsonValue& value)
{
    QList<E> values;
    for (const auto& entry : value.toArray()) {
        if (const auto known = fromId<E>(entry.toString())) {
            values.append(*known);
        }
    }
    return values;
}

/// The enumeration value of a JSON string, or `fallback`.
template <ClosedList E>
[[nodiscard]] E enumFromJson(const QJsonValue& value, E fallback)
{
    return fromId<E>(value.toString()).value_or(fallback);
}

[[nodiscard]] QJsonValue toJson(const std::optional<Timestamp>& time);
[[nodiscard]] std::optional<Timestamp> timeFromJson(const QJsonValue& value);

} // namespace rc
