// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// Bytes by their content: DIRECTORY/SHA256, private to the user, written atomically, checked whenever they are read.
class ContentStore
{
public:
    explicit ContentStore(QString directory)
        : m_directory(std::move(directory))
    {
    }

    /// Keeps the bytes and returns their hash. What is there already is written again only if it is damaged.
    [[nodiscard]] Result<QString> put(const QByteArray& bytes) const;
    /// NotFound; VerificationFailed, by name, if the bytes are not what their name says.
    [[nodiscard]] Result<QByteArray> get(const QString& sha256) const;

private:
    [[nodiscard]] QString pathOf(const QString& sha256) const { return m_directory + '/' + sha256; }

    QString m_directory;
};

} // namespace rc
