// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// Files bound to steps as evidence, kept by content in HOME/evidence/SHA256 and checked when read.
class EvidenceStore
{
public:
    explicit EvidenceStore(const QString& home)
        : m_directory(home + "/evidence")
    {
    }

    /// The evidence entry of a step: `{kind: file, name, sha256, size}`. Keeps nothing yet. NotFound, StoreError;
    /// InvalidInput beyond 256 MiB.
    [[nodiscard]] static Result<QJsonObject> describe(const QString& path);
    /// Keeps a copy; the same answer and errors.
    [[nodiscard]] Result<QJsonObject> keep(const QString& path) const;
    /// VerificationFailed if the copy is not what its hash says.
    [[nodiscard]] Result<QByteArray> read(const QString& sha256) const;

private:
    QString m_directory;
};

} // namespace rc
