// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/json.h"

#include <QCryptographicHash>
#include <QTimeZone>

namespace rc {

QString toRfc3339(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

std::optional<Timestamp> fromRfc3339(const QString& text)
{
    const auto time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime) {
        return std::nullopt;
    }
    return Timestamp(Milliseconds(time.toMSecsSinceEpoch()));
}

QByteArray canonicalJson(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString sha256Hex(const QByteArray& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QString childPointer(const QString& parent, const QString& key)
{
    QString escaped = key;
    return parent + "/" + escaped.replace("~", "~0").replace("/", "~1");
}

QJsonValue toJson(const std::optional<Timestamp>& time)
{
    return time ? QJsonValue(toRfc3339(*time)) : QJsonValue(QJsonValue::Null);
}

std::optional<Timestamp> timeFromJson(const QJsonValue& value)
{
    return value.isString() ? fromRfc3339(value.toString()) : std::nullopt;
}

} // namespace rc
