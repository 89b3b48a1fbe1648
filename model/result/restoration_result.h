// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/id.h"
#include "model/base/json.h"

#include <QList>

namespace rc {

/// One thing that was looked at after a restoration (the seed's NodeVerificationService).
struct RestorationCheck
{
    QString name;
    bool passed = false;
    QString detail;

    friend bool operator==(const RestorationCheck&, const RestorationCheck&) = default;
};

/// What came of restoring one system (seed 9.3.3). Something was done, or at least begun: a restoration that was
/// refused before it touched anything is an Error instead.
struct RestorationResult
{
    SystemId systemId = {};
    bool success = false;
    Timestamp timestamp = {};
    /// The seed's sentence, or what went wrong and what the system runs now.
    QString details = {};
    QList<RestorationCheck> verificationResults = {};
    /// In the order in which they came about; each has a `kind` of ArtifactKind.
    QJsonArray artifacts = {};

    friend bool operator==(const RestorationResult&, const RestorationResult&) = default;
};

/// What a restoration would do (product rule 9). Nothing was touched to find out.
struct RestorationPreview
{
    SystemId systemId;
    Timestamp timestamp;
    QString details;
    /// Unified: from the files on disk to the target's. Empty, if they are equal.
    QString diff;
    /// Sentences, in the order in which they would be done.
    QStringList actions;

    friend bool operator==(const RestorationPreview&, const RestorationPreview&) = default;
};

/// The shape of cli.md, "system restore".
[[nodiscard]] QJsonObject toJson(const RestorationResult& result);
/// The same shape, with `diff` and `actions` beside it.
[[nodiscard]] QJsonObject toJson(const RestorationPreview& preview);

/// "Node X restored to configuration version N" (seed 9.3.3); `noun` is "Node" or "Service".
[[nodiscard]] QString restoredSentence(const QString& noun, const SystemId& system, int version);

} // namespace rc
