// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// A file that a person brings as evidence.
struct EvidenceFile
{
    /// Of the evidence that the step wants; empty: beside what it wants.
    QString id;
    QString path;
};
/// Their entries in the evidence of a step, in this order: `{kind: file, id, name, sha256, size}`. Keeps nothing.
/// NotFound, StoreError; InvalidInput beyond 256 MiB.
[[nodiscard]] Result<QJsonArray> describeEvidence(const QList<EvidenceFile>& files);

/// Files bound to steps as evidence, kept by content in HOME/evidence/SHA256 and checked when read.
class EvidenceStore
{
public:
    explicit EvidenceStore(const QString& home)
        : m_directory(home + "/evidence")
    {
    }

    /// Keeps copies of all. Conflict if one is not what was described of it.
    [[nodiscard]] Status keepAll(const QList<EvidenceFile>& files, const QJsonArray& described) const;
    /// VerificationFailed if the copy is not what its hash says.
    [[nodiscard]] Result<QByteArray> read(const QString& sha256) const;

private:
    QString m_directory;
};

} // namespace rc
