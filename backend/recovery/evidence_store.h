// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/enums.h"
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

/// The hash of an entry of a step's evidence that a kept file stands behind; empty for figures, hashes and texts.
[[nodiscard]] QString keptFileOf(const QJsonObject& entry);
/// What is wrong with a kept file; a sentence, empty if nothing is.
[[nodiscard]] QString troubleWith(EvidenceState state);

/// Files bound to steps as evidence, kept by content in HOME/evidence/SHA256. Nothing protects the copies; whoever
/// shows them looks at them first.
class EvidenceStore
{
public:
    explicit EvidenceStore(const QString& home)
        : m_directory(home + "/evidence")
    {
    }

    /// Keeps copies of all. Conflict if one is not what was described of it.
    [[nodiscard]] Status keepAll(const QList<EvidenceFile>& files, const QJsonArray& described) const;
    /// Computes the hash of a kept file anew.
    [[nodiscard]] EvidenceState look(const QString& sha256) const;
    /// The JSON of a plan with what is found of each file among its evidence, in every attempt: `state`, and `trouble`
    /// if it is not sound.
    [[nodiscard]] QJsonObject withStates(QJsonObject plan) const;

private:
    QString m_directory;
};

} // namespace rc
