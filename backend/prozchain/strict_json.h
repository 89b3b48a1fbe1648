// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QStringList>

namespace rc::prozchain {

/// Reads one JSON object of a configuration file field by field and remembers the first thing wrong with it as
/// `file: sentence`: missing or mistyped fields, numbers out of range, and, in finish(), fields nobody asked for.
class StrictObject
{
public:
    /// `where` begins every sentence: the file, and the place in it if not the top.
    StrictObject(QString where, QJsonObject object);
    /// The top object of a file; the sentence of a syntax error names the line.
    [[nodiscard]] static Result<StrictObject> load(const QString& path);

    [[nodiscard]] QString text(const QString& field);
    [[nodiscard]] QString text(const QString& field, const QString& fallback);
    [[nodiscard]] qint64 number(const QString& field, qint64 from, qint64 to);
    [[nodiscard]] qint64 number(const QString& field, qint64 from, qint64 to, qint64 fallback);
    [[nodiscard]] bool flag(const QString& field, bool fallback);
    /// An object inside; absent reads as empty.
    [[nodiscard]] StrictObject object(const QString& field);
    [[nodiscard]] QList<StrictObject> objects(const QString& field);
    /// Finishes a nested object and takes over what was wrong with it.
    void absorb(StrictObject& nested);
    void reject(const QString& sentence);

    [[nodiscard]] const QString& where() const { return m_where; }
    [[nodiscard]] Status finish();

private:
    [[nodiscard]] QJsonValue required(const QString& field);

    QString m_where;
    QJsonObject m_object;
    QSet<QString> m_asked;
    QString m_problem;
};

} // namespace rc::prozchain
