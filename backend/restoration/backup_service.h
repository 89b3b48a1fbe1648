// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "model/system/configuration.h"
#include "model/system/inventory.h"

namespace rc {

/// The files of a system as they were before they were changed. Becomes a backup artifact.
struct Backup
{
    QString id = {};
    SystemId system = {};
    Timestamp createdAt = {};
    /// The configuration directory they came from.
    QString directory = {};
    QList<ConfigurationFile> files = {};
    /// Paths at which there was no file.
    QStringList absent = {};
    /// manifestHash(files).
    QString hash = {};

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Backup fromJson(const QJsonObject& object);
};

/// Keeps pre-images in HOME/backups/ID: `manifest.json` and the files by content hash. The id ends with the hash of the
/// manifest, so that a changed backup does not pass for what it was.
class BackupService
{
public:
    /// `reserve` bytes must stay free on the disk of `home`.
    BackupService(QString home, Clock clock, qint64 reserve = 16LL * 1024 * 1024);

    /// Copies the files at these paths below the directory, and reads the copy back. StoreError if there is not enough
    /// room or the copy is not what was read.
    [[nodiscard]] Result<Backup> backUp(const SystemId& system, const QString& directory,
                                        const QStringList& paths) const;
    /// NotFound, or VerificationFailed if the backup is not what it was.
    [[nodiscard]] Result<Backup> load(const QString& id) const;
    /// Puts the files back as they were, and removes those that were not there.
    [[nodiscard]] Status restore(const Backup& backup) const;
    /// Whether the files on disk are those of the backup.
    [[nodiscard]] Result<bool> isInPlace(const Backup& backup) const;

private:
    [[nodiscard]] QString directoryOf(const QString& id) const;

    QString m_home;
    Clock m_clock;
    qint64 m_reserve;
};

} // namespace rc
