// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc::ui::report {

/// Reads the fields of one JSON object. The first field that is not what was expected is remembered in a place that
/// all readers of a document share; from then on its values mean nothing.
class FieldReader
{
public:
    FieldReader(const QJsonValue& value, QString path, std::optional<Error>& problem);

    /// Empty if missing or null.
    [[nodiscard]] QString text(const QString& key) const;
    [[nodiscard]] QString requiredText(const QString& key) const;
    /// A text or a number, as text.
    [[nodiscard]] QString scalar(const QString& key) const;
    [[nodiscard]] qint64 integer(const QString& key, qint64 fallback = 0) const;
    [[nodiscard]] std::optional<qint64> optionalInteger(const QString& key) const;
    [[nodiscard]] bool flag(const QString& key) const;
    [[nodiscard]] std::optional<Timestamp> time(const QString& key) const;
    [[nodiscard]] Timestamp requiredTime(const QString& key) const;
    [[nodiscard]] QStringList texts(const QString& key) const;
    [[nodiscard]] QJsonObject object(const QString& key) const;
    [[nodiscard]] QJsonArray array(const QString& key) const;
    [[nodiscard]] FieldReader requiredObject(const QString& key) const;
    [[nodiscard]] bool has(const QString& key) const;

    template <ClosedList E>
    [[nodiscard]] E oneOf(const QString& key) const
    {
        const auto known = fromId<E>(text(key));
        if (!known) {
            refuse(key, "one of " + allIds<E>().join(", "));
        }
        return known.value_or(E{});
    }

    /// What `read` makes of each entry of an array of objects.
    template <class T>
    [[nodiscard]] QList<T> list(const QString& key, T (*read)(const FieldReader&)) const
    {
        QList<T> entries;
        const auto values = array(key);
        for (qsizetype i = 0; i < values.size(); ++i) {
            entries.append(read(FieldReader(values[i], QString("%1[%2]").arg(pathOf(key)).arg(i), m_problem)));
        }
        return entries;
    }

    void refuse(const QString& key, const QString& expected) const;

private:
    [[nodiscard]] QString pathOf(const QString& key) const { return m_path.isEmpty() ? key : m_path + "." + key; }
    /// The value if it is there and of the type, else undefined.
    [[nodiscard]] QJsonValue valueOf(const QString& key, QJsonValue::Type type, const QString& expected) const;

    QJsonObject m_object;
    QString m_path;
    std::optional<Error>& m_problem;
};

} // namespace rc::ui::report
