// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/id.h"
#include "model/base/json.h"

#include <QList>

#include <optional>

namespace rc {

/// One file of a configuration. Its bytes are known by their hash.
struct ConfigurationFile
{
    /// Below the system's configuration directory, with '/'.
    QString path;
    /// Lower-case hex.
    QString sha256;
    qint64 size = 0;
    /// Permission bits, 0 to 0777.
    int mode = 0600;

    friend bool operator==(const ConfigurationFile&, const ConfigurationFile&) = default;
};

/// SHA-256, lower-case hex, over the manifest: canonical JSON of path, content hash, size and mode of all files, sorted
/// by path.
[[nodiscard]] QString manifestHash(const QList<ConfigurationFile>& files);

/// What the configuration of a system was at some time. Versions count from 1 per system and never change.
struct ConfigurationVersion
{
    SystemId system;
    int version = 0;
    /// manifestHash(files).
    QString hash;
    QList<ConfigurationFile> files;
    QString note;
    OperatorId createdBy;
    Timestamp createdAt;

    /// The configuration id: the first 16 digits of the hash.
    [[nodiscard]] QString id() const { return hash.left(16); }
    friend bool operator==(const ConfigurationVersion&, const ConfigurationVersion&) = default;
};
[[nodiscard]] QJsonObject toJson(const ConfigurationVersion& version);
[[nodiscard]] ConfigurationVersion configurationVersionFromJson(const QJsonObject& object);

/// The roles of which one is needed to find a configuration good.
[[nodiscard]] QList<Role> trustingRoles();

/// Somebody found a version good, and signed that.
struct TrustMark
{
    SystemId system;
    int version = 0;
    /// Of the version, as it was when it was found good; no other content is.
    QString hash;
    OperatorId by;
    /// The marker's roles at that time; a mark without one of trustingRoles() does not count.
    QList<Role> roles;
    Timestamp at;
    /// What was signed: canonical JSON.
    QString statement;
    /// When somebody with a trusting role took it back, if so.
    std::optional<Timestamp> revokedAt;

    friend bool operator==(const TrustMark&, const TrustMark&) = default;
};
[[nodiscard]] QJsonObject toJson(const TrustMark& mark);

/// Whether a mark was made before a compromise. A `compromisedSince` on a whole second stands for that whole second,
/// because people and `date` give no fractions: a mark made within it counts as made before.
[[nodiscard]] bool isBefore(Timestamp mark, Timestamp compromisedSince);

/// The last known good version of a system: the newest one with a mark by somebody with a trusting role, made before
/// `compromisedSince` (nothing: at any time) and not revoked. NoKnownGood says how many versions there are and why none
/// fits. `versions` and `marks` may hold those of other systems.
[[nodiscard]] Result<ConfigurationVersion> lastKnownGood(const SystemId& system,
                                                         const QList<ConfigurationVersion>& versions,
                                                         const QList<TrustMark>& marks,
                                                         std::optional<Timestamp> compromisedSince);

/// What a system is to be restored to (the seed's TargetState).
struct TargetState
{
    TargetStateKind kind = TargetStateKind::LastKnownGood;
    /// configuration_version: 1 and up.
    int version = 0;
    /// specific: the configuration id, or any unique longer part of the hash.
    QString configurationId;
    /// last_known_good: only marks made before count.
    std::optional<Timestamp> compromisedSince;

    [[nodiscard]] static TargetState lastKnownGood(std::optional<Timestamp> compromisedSince);
    [[nodiscard]] static TargetState configurationVersion(int version);
    [[nodiscard]] static TargetState specific(const QString& configurationId);

    /// "last known good", "version 3", "configuration 0123456789abcdef".
    [[nodiscard]] QString text() const;
    friend bool operator==(const TargetState&, const TargetState&) = default;
};

/// Reads `last-known-good` (or `last_known_good`), `version:N`, `config:ID`. UnsupportedTargetState, by name, for
/// anything else.
[[nodiscard]] Result<TargetState> targetStateFrom(const QString& text, std::optional<Timestamp> compromisedSince);

} // namespace rc
