// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/words/json_words.h"

#include "ui/words/words.h"

#include <QJsonArray>
#include <QJsonObject>

namespace rc::ui {
namespace {

bool isDuration(const QString& key)
{
    return key.endsWith(QLatin1StringView("_ms"));
}

QString number(const QString& key, const QJsonValue& value)
{
    const auto integer = value.toInteger();
    if (isDuration(key)) {
        return duration(Milliseconds(integer));
    }
    if (key == "mode") {
        // Permission bits of a file, as everybody writes them.
        return QString("%1").arg(integer, 4, 8, QChar(u'0'));
    }
    return value.toDouble() == double(integer) ? QString::number(integer) : QString::number(value.toDouble(), 'g', 15);
}

QString text(const QString& value)
{
    const auto time = fromRfc3339(value);
    return time ? utc(*time) : orDash(value);
}

} // namespace

const QStringList& keysToldByArtifacts()
{
    static const QStringList keys{"restorations", "recovery", "results"};
    return keys;
}

QString labelOf(const QString& key)
{
    return words(isDuration(key) ? key.chopped(3) : key);
}

QString valueInWords(const QString& key, const QJsonValue& value)
{
    QStringList parts;
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? QString("yes") : QString("no");
    case QJsonValue::Double:
        return number(key, value);
    case QJsonValue::Array:
        for (const auto& entry : value.toArray()) {
            parts.append(valueInWords(key, entry));
        }
        return orDash(parts.join(", "));
    case QJsonValue::Object: {
        const auto object = value.toObject();
        for (auto entry = object.begin(); entry != object.end(); ++entry) {
            parts.append(labelOf(entry.key()).toLower() + " " + valueInWords(entry.key(), entry.value()));
        }
        return orDash(parts.join(", "));
    }
    default:
        return text(value.toString());
    }
}

} // namespace rc::ui
