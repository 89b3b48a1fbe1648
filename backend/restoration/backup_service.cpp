// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/backup_service.h"

#include "backend/platform/files.h"
#include "backend/restoration/configuration_files.h"
#include "backend/restoration/content_store.h"

#include <QDir>
#include <QFile>
#include <QLocale>

#include <filesystem>

namespace rc {
namespace {

QJsonObject manifestOf(const Backup& backup)
{
    // As configurationVersion's JSON: the files, their content, size and mode.
    const auto files =
        toJson(ConfigurationVersion{backup.system, 0, backup.hash, backup.files, {}, {}, {}})["files"].toArray();
    return {
        {"system_id", backup.system.text()},
        {"created_at", toRfc3339(backup.createdAt)},
        {"directory", backup.directory},
        {"hash", backup.hash},
        {"files", files},
        {"absent", QJsonArray::fromStringList(backup.absent)},
    };
}

/// `SYSTEM-20261123T030000123-0123456789abcdef`: readable, unique, and bound to the manifest.
QString idOf(const Backup& backup)
{
    const auto time = toRfc3339(backup.createdAt).remove('-').remove(':').remove('.').remove('Z');
    return QString("%1-%2-%3").arg(backup.system.text(), time, sha256Hex(canonicalJson(manifestOf(backup))).left(16));
}

/// Asked for the folder itself: a list of mounted disks does not know it in a changed root.
Status checkRoom(const QString& home, qint64 needed)
{
    std::error_code unknown;
    const auto space = std::filesystem::space(std::filesystem::path(home.toStdU16String()), unknown);
    if (unknown || space.available >= std::uintmax_t(needed)) {
        // Where nobody can tell, writing will.
        return {};
    }
    const auto size = [](qint64 bytes) { return QLocale::c().formattedDataSize(bytes); };
    return fail(ErrorCode::StoreError,
                QString("There is not enough room for a backup on the disk of %1: %2 are free, %3 are needed. "
                        "Nothing was changed.")
                    .arg(home, size(qint64(space.available)), size(needed)),
                {{"path", home}, {"free", qint64(space.available)}, {"needed", needed}});
}

} // namespace

QJsonObject Backup::toJson() const
{
    auto object = manifestOf(*this);
    object["kind"] = QString(rc::idOf(ArtifactKind::Backup));
    object["id"] = id;
    return object;
}

Backup Backup::fromJson(const QJsonObject& object)
{
    Backup backup{.id = object["id"].toString(),
                  .system = SystemId(object["system_id"].toString()),
                  .createdAt = timeFromJson(object["created_at"]).value_or(Timestamp()),
                  .directory = object["directory"].toString(),
                  .files = configurationVersionFromJson({{"files", object["files"]}}).files,
                  .absent = object["absent"].toVariant().toStringList(),
                  .hash = object["hash"].toString()};
    return backup;
}

BackupService::BackupService(QString home, Clock clock, qint64 reserve)
    : m_home(std::move(home))
    , m_clock(std::move(clock))
    , m_reserve(reserve)
{
}

QString BackupService::directoryOf(const QString& id) const
{
    return m_home + "/backups/" + id;
}

Result<Backup> BackupService::backUp(const SystemId& system, const QString& directory, const QStringList& paths) const
{
    Backup backup{.system = system, .createdAt = m_clock(), .directory = directory};
    QList<QByteArray> contents;
    qint64 bytes = m_reserve;
    for (const auto& path : paths) {
        const auto content = readContent(directory, path);
        if (!content) {
            return std::unexpected(content.error());
        }
        if (!*content) {
            backup.absent.append(path);
            continue;
        }
        backup.files.append((*content)->file);
        contents.append((*content)->bytes);
        bytes += (*content)->file.size;
    }
    if (const auto room = checkRoom(m_home, bytes); !room) {
        return std::unexpected(room.error());
    }
    backup.hash = manifestHash(backup.files);
    backup.id = idOf(backup);
    for (const auto& parent : {m_home + "/backups", directoryOf(backup.id)}) {
        if (const auto made = ensurePrivateDirectory(parent); !made) {
            return std::unexpected(made.error());
        }
    }
    for (const auto& content : contents) {
        if (const auto kept = ContentStore(directoryOf(backup.id)).put(content); !kept) {
            return std::unexpected(kept.error());
        }
    }
    const auto written =
        writeFileAtomically(directoryOf(backup.id) + "/manifest.json", canonicalJson(manifestOf(backup)));
    return written ? load(backup.id) : std::unexpected(written.error());
}

Result<Backup> BackupService::load(const QString& id) const
{
    const auto manifest = readFile(directoryOf(id) + "/manifest.json");
    if (!manifest) {
        return fail(manifest.error().code, QString("There is no backup %1.").arg(id), {{"backup", id}});
    }
    auto backup = Backup::fromJson(QJsonDocument::fromJson(*manifest).object());
    backup.id = idOf(backup);
    if (backup.id != id) {
        return fail(ErrorCode::VerificationFailed,
                    QString("The manifest of backup %1 was changed. It is not used.").arg(id), {{"backup", id}});
    }
    for (const auto& file : std::as_const(backup.files)) {
        if (const auto bytes = ContentStore(directoryOf(id)).get(file.sha256); !bytes) {
            return std::unexpected(bytes.error());
        }
    }
    return backup;
}

Status BackupService::restore(const Backup& backup) const
{
    const ContentStore contents(directoryOf(backup.id));
    for (const auto& file : backup.files) {
        const auto bytes = contents.get(file.sha256);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        const auto now = readContent(backup.directory, file.path);
        if (now && *now && (*now)->file == file) {
            continue;
        }
        if (const auto written = writeContent(backup.directory, {file, *bytes}); !written) {
            return written;
        }
    }
    for (const auto& path : backup.absent) {
        const auto place = placeOf(backup.directory, path);
        if (!place) {
            return std::unexpected(place.error());
        }
        if (QFile::exists(*place) && !QFile::remove(*place)) {
            return fail(ErrorCode::StoreError, QString("Cannot remove %1, which was not there before.").arg(*place),
                        {{"path", *place}});
        }
    }
    return {};
}

Result<bool> BackupService::isInPlace(const Backup& backup) const
{
    const auto files = rc::manifestOf(backup.directory, pathsOf(backup.files) + backup.absent);
    return files ? Result<bool>(manifestHash(*files) == backup.hash) : std::unexpected(files.error());
}

} // namespace rc
