// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QJsonValue>
#include <QString>

namespace rc {

/// Takes secrets out of what others say before anybody sees it: where one stands literally, `[secret]` is shown. One of
/// several lines is also taken out line by line.
class Redaction
{
public:
    void add(const QByteArray& secret);

    /// The bytes with every secret turned into NULs, and NULs that were there into '?': of the same length, so that
    /// they can be cut anywhere afterwards.
    [[nodiscard]] QByteArray masked(QByteArray bytes) const;
    /// Masked bytes as text for people: UTF-8, and what a terminal acts on written out.
    [[nodiscard]] static QString textOf(const QByteArray& masked);

    [[nodiscard]] QString shown(const QString& text) const;
    /// Every text in the value, names of fields included.
    [[nodiscard]] QJsonValue shown(const QJsonValue& value) const;
    /// Bytes of the longest secret.
    [[nodiscard]] qsizetype longest() const { return m_secrets.isEmpty() ? 0 : m_secrets.first().size(); }

private:
    /// Longest first.
    QByteArrayList m_secrets;
};

} // namespace rc
