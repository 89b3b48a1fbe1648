// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/strict_json.h"

#include "backend/platform/files.h"

#include <QJsonDocument>

namespace rc::prozchain {

StrictObject::StrictObject(QString where, QJsonObject object)
    : m_where(std::move(where))
    , m_object(std::move(object))
{
}

Result<StrictObject> StrictObject::load(const QString& path)
{
    const auto bytes = readFile(path);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(*bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        const auto line = bytes->first(std::min<qsizetype>(error.offset, bytes->size())).count('\n') + 1;
        return fail(ErrorCode::InvalidInput,
                    QString("%1:%2: not JSON: %3.").arg(path).arg(line).arg(error.errorString()));
    }
    if (!document.isObject()) {
        return fail(ErrorCode::InvalidInput, QString("%1:1: expected a JSON object.").arg(path));
    }
    return StrictObject(path, document.object());
}

void StrictObject::reject(const QString& sentence)
{
    if (m_problem.isEmpty()) {
        m_problem = QString("%1: %2").arg(m_where, sentence);
    }
}

QJsonValue StrictObject::required(const QString& field)
{
    m_asked.insert(field);
    if (!m_object.contains(field)) {
        reject(QString("the field \"%1\" is missing.").arg(field));
    }
    return m_object[field];
}

QString StrictObject::text(const QString& field)
{
    const auto value = required(field);
    if (!value.isString() || value.toString().isEmpty()) {
        reject(QString("\"%1\" must be a text.").arg(field));
    }
    return value.toString();
}

QString StrictObject::text(const QString& field, const QString& fallback)
{
    m_asked.insert(field);
    return m_object.contains(field) ? text(field) : fallback;
}

qint64 StrictObject::number(const QString& field, qint64 from, qint64 to)
{
    const auto value = required(field);
    const auto number = value.toInteger(from - 1);
    if (!value.isDouble() || number < from || number > to) {
        reject(QString("\"%1\" must be a whole number from %2 to %3.").arg(field).arg(from).arg(to));
    }
    return number;
}

qint64 StrictObject::number(const QString& field, qint64 from, qint64 to, qint64 fallback)
{
    m_asked.insert(field);
    return m_object.contains(field) ? number(field, from, to) : fallback;
}

bool StrictObject::flag(const QString& field, bool fallback)
{
    m_asked.insert(field);
    if (m_object.contains(field) && !m_object[field].isBool()) {
        reject(QString("\"%1\" must be true or false.").arg(field));
    }
    return m_object[field].toBool(fallback);
}

StrictObject StrictObject::object(const QString& field)
{
    m_asked.insert(field);
    if (m_object.contains(field) && !m_object[field].isObject()) {
        reject(QString("\"%1\" must be an object.").arg(field));
    }
    return {QString("%1: in \"%2\"").arg(m_where, field), m_object[field].toObject()};
}

QList<StrictObject> StrictObject::objects(const QString& field)
{
    const auto list = required(field);
    if (!list.isArray()) {
        reject(QString("\"%1\" must be a list.").arg(field));
    }
    QList<StrictObject> entries;
    for (const auto& entry : list.toArray()) {
        entries.append({QString("%1: in \"%2\"[%3]").arg(m_where, field).arg(entries.size()), entry.toObject()});
    }
    return entries;
}

void StrictObject::absorb(StrictObject& nested)
{
    if (const auto done = nested.finish(); !done && m_problem.isEmpty()) {
        m_problem = done.error().message;
    }
}

Status StrictObject::finish()
{
    for (const auto& field : m_object.keys()) {
        if (!m_asked.contains(field)) {
            reject(QString("\"%1\" is not a field that belongs here.").arg(field));
        }
    }
    if (!m_problem.isEmpty()) {
        return fail(ErrorCode::InvalidInput, m_problem);
    }
    return {};
}

} // namespace rc::prozchain
