// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/field_reader.h"

namespace rc::ui::report {

FieldReader::FieldReader(const QJsonValue& value, QString path, std::optional<Error>& problem)
    : m_object(value.toObject())
    , m_path(std::move(path))
    , m_problem(problem)
{
    if (!value.isObject() && !m_problem) {
        m_problem = Error{ErrorCode::InvalidInput, QString("%1: expected an object.").arg(m_path), {}};
    }
}

void FieldReader::refuse(const QString& key, const QString& expected) const
{
    if (!m_problem) {
        m_problem = Error{ErrorCode::InvalidInput, QString("%1: expected %2.").arg(pathOf(key), expected), {}};
    }
}

bool FieldReader::has(const QString& key) const
{
    return !m_object[key].isUndefined() && !m_object[key].isNull();
}

QJsonValue FieldReader::valueOf(const QString& key, QJsonValue::Type type, const QString& expected) const
{
    if (!has(key)) {
        return QJsonValue(QJsonValue::Undefined);
    }
    auto value = m_object[key];
    if (value.type() != type) {
        refuse(key, expected);
        return QJsonValue(QJsonValue::Undefined);
    }
    return value;
}

QString FieldReader::text(const QString& key) const
{
    return valueOf(key, QJsonValue::String, "text").toString();
}

QString FieldReader::requiredText(const QString& key) const
{
    auto value = text(key);
    if (value.isEmpty()) {
        refuse(key, "text");
    }
    return value;
}

QString FieldReader::scalar(const QString& key) const
{
    return m_object[key].isDouble() ? m_object[key].toVariant().toString() : text(key);
}

qint64 FieldReader::integer(const QString& key, qint64 fallback) const
{
    return optionalInteger(key).value_or(fallback);
}

std::optional<qint64> FieldReader::optionalInteger(const QString& key) const
{
    const auto value = valueOf(key, QJsonValue::Double, "a number");
    return value.isUndefined() ? std::nullopt : std::optional(value.toInteger());
}

bool FieldReader::flag(const QString& key) const
{
    return valueOf(key, QJsonValue::Bool, "true or false").toBool();
}

std::optional<Timestamp> FieldReader::time(const QString& key) const
{
    const QString expected = "an RFC 3339 time with its zone, such as 2026-11-23T03:00:00Z";
    const auto value = valueOf(key, QJsonValue::String, expected);
    if (value.isUndefined()) {
        return std::nullopt;
    }
    const auto known = fromRfc3339(value.toString());
    if (!known) {
        refuse(key, expected);
    }
    return known;
}

Timestamp FieldReader::requiredTime(const QString& key) const
{
    const auto known = time(key);
    if (!known) {
        refuse(key, "a time");
    }
    return known.value_or(Timestamp());
}

QStringList FieldReader::texts(const QString& key) const
{
    QStringList entries;
    for (const auto& value : array(key)) {
        if (!value.isString()) {
            refuse(key, "a list of texts");
        }
        entries.append(value.toString());
    }
    return entries;
}

QJsonObject FieldReader::object(const QString& key) const
{
    return valueOf(key, QJsonValue::Object, "an object").toObject();
}

QJsonArray FieldReader::array(const QString& key) const
{
    return valueOf(key, QJsonValue::Array, "a list").toArray();
}

FieldReader FieldReader::requiredObject(const QString& key) const
{
    return {m_object[key], pathOf(key), m_problem};
}

} // namespace rc::ui::report
