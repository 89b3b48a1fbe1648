// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/configuration_files.h"

#include "backend/platform/files.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

namespace rc {
namespace {

std::unexpected<Error> leaves(const QString& directory, const QString& path)
{
    return fail(ErrorCode::InvalidInput, QString("'%1' leads out of the directory %2.").arg(path, directory),
                {{"path", path}});
}

bool isBelow(const QString& root, const QString& place)
{
    return place.startsWith(root.endsWith('/') ? root : root + '/');
}

/// Permission bits as chmod(2) counts them; Qt has a digit of its own for each of owner, user, group and others.
int modeOf(QFileDevice::Permissions permissions)
{
    const int bits = int(permissions.toInt());
    return ((bits >> 12 & 7) << 6) | ((bits >> 4 & 7) << 3) | (bits & 7);
}

QString nearestDirectory(const QString& place)
{
    QFileInfo parent(QFileInfo(place).absolutePath());
    while (!parent.exists() && !parent.isRoot()) {
        parent.setFile(parent.absolutePath());
    }
    return parent.filePath();
}

} // namespace

Result<QString> placeOf(const QString& directory, const QString& path)
{
    const auto root = QFileInfo(directory).canonicalFilePath();
    if (root.isEmpty()) {
        return fail(ErrorCode::NotFound, QString("There is no directory %1.").arg(directory), {{"path", directory}});
    }
    const auto clean = QDir::cleanPath(path);
    if (clean.isEmpty() || clean == "." || clean == ".." || clean.startsWith("../") || !QDir::isRelativePath(clean)) {
        return leaves(directory, path);
    }
    QString place = root;
    const auto names = clean.split('/');
    for (const auto& name : names) {
        place += '/' + name;
        if (const QFileInfo entry(place); entry.isSymbolicLink()) {
            place = entry.canonicalFilePath(); // empty if it leads nowhere
            if (!isBelow(root, place)) {
                return leaves(directory, path);
            }
        }
    }
    return place;
}

Result<std::optional<FileContent>> readContent(const QString& directory, const QString& path)
{
    const auto place = placeOf(directory, path);
    if (!place) {
        return std::unexpected(place.error());
    }
    const QFileInfo entry(*place);
    if (entry.exists() && !entry.isFile()) {
        return fail(ErrorCode::InvalidInput, QString("%1 is not a file.").arg(*place), {{"path", *place}});
    }
    const auto bytes = readFile(*place);
    if (!bytes && bytes.error().code == ErrorCode::NotFound) {
        return std::nullopt;
    }
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    return FileContent{{path, sha256Hex(*bytes), bytes->size(), modeOf(entry.permissions())}, *bytes};
}

Result<QList<FileContent>> readContents(const QString& directory, const QStringList& paths)
{
    QList<FileContent> contents;
    for (const auto& path : paths) {
        const auto content = readContent(directory, path);
        if (!content) {
            return std::unexpected(content.error());
        }
        if (!*content) {
            return fail(ErrorCode::NotFound, QString("There is no configuration file %1 in %2.").arg(path, directory),
                        {{"path", path}});
        }
        contents.append(**content);
    }
    return contents;
}

Result<QList<ConfigurationFile>> manifestOf(const QString& directory, const QStringList& paths)
{
    QList<ConfigurationFile> files;
    for (const auto& path : paths) {
        const auto content = readContent(directory, path);
        if (!content) {
            return std::unexpected(content.error());
        }
        if (*content) {
            files.append((*content)->file);
        }
    }
    return files;
}

Status writeContent(const QString& directory, const FileContent& content)
{
    const auto place = placeOf(directory, content.file.path);
    if (!place) {
        return std::unexpected(place.error());
    }
    if (const auto parent = QFileInfo(*place).absolutePath(); !QDir().mkpath(parent)) {
        return fail(ErrorCode::StoreError, QString("Cannot make the directory %1.").arg(parent), {{"path", parent}});
    }
    return writeFileAtomically(*place, content.bytes, content.file.mode);
}

Status tryReplacing(const QString& directory, const QStringList& paths)
{
    for (const auto& path : paths) {
        const auto place = placeOf(directory, path);
        if (!place) {
            return std::unexpected(place.error());
        }
        const auto parent = nearestDirectory(*place);
        QTemporaryFile trial(parent + "/.trial-XXXXXX");
        if (!trial.open()) {
            return fail(ErrorCode::StoreError,
                        QString("Cannot write in %1: %2. Nothing was changed.").arg(parent, trial.errorString()),
                        {{"path", parent}});
        }
        const QFileInfo now(*place);
        const QFileInfo then(trial.fileName());
        if (now.exists() && (now.ownerId() != then.ownerId() || now.groupId() != then.groupId())) {
            return fail(ErrorCode::PermissionDenied,
                        QString("%1 belongs to %2:%3, and would belong to %4:%5 after it was replaced. Do this as its "
                                "owner. Nothing was changed.")
                            .arg(*place, now.owner(), now.group(), then.owner(), then.group()),
                        {{"path", *place}});
        }
    }
    return {};
}

QStringList pathsOf(const QList<ConfigurationFile>& files)
{
    QStringList paths;
    for (const auto& file : files) {
        paths.append(file.path);
    }
    return paths;
}

} // namespace rc
