// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/json.h"

#include <QCryptographicHash>
#include <QTimeZone>

namespace rc {

QString toRfc3339(Timestamp time)
{
    // QDateTime's own formatting takes a microsecond and a half: a tenth of showing a plan of 10,000 events.
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    if (date.year() < std::chrono::year(1) || date.year() > std::chrono::year(9999)) {
        return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
    }
    QByteArray text("0000-00-00T00:00:00.000Z");
    const auto put = [&text](qsizetype end, auto number) {
        for (auto rest = unsigned(number); rest > 0; rest /= 10) {
            text[--end] = char('0' + rest % 10);
        }
    };
    put(4, int(date.year()));
    put(7, unsigned(date.month()));
    put(10, unsigned(date.day()));
    put(13, clock.hours().count());
    put(16, clock.minutes().count());
    put(19, clock.seconds().count());
    put(23, clock.subseconds().count());
    return QString::fromLatin1(text);
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

void addFields(QJsonObject& object, const QJsonObject& more)
{
    for (auto field = more.begin(); field != more.end(); ++field) {
        object[field.key()] = field.value();
    }
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
