// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/files.h"

#include "backend/platform/system_error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace rc {

namespace {

/// Closes on the way out, and can be asked whether closing went well.
class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Q_DISABLE_COPY_MOVE(Descriptor)

    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

bool writeAll(int descriptor, const QByteArray& bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const auto written = ::write(descriptor, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (written < 0 && errno != EINTR) {
            return false;
        }
        done += std::max<ssize_t>(written, 0);
    }
    return true;
}

/// Writes the bytes into an open temporary file and puts it in the place of `target`. False with errno set.
bool fillAndRename(int descriptor, const QByteArray& temporary, const QByteArray& target, const QByteArray& bytes,
                   int mode)
{
    return ::fchmod(descriptor, static_cast<mode_t>(mode)) == 0 && writeAll(descriptor, bytes) &&
           ::fsync(descriptor) == 0 && ::rename(temporary.constData(), target.constData()) == 0;
}

bool syncDirectory(const QString& path)
{
    const Descriptor directory(::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems cannot sync a directory and say EINVAL; there is nothing more one could do.
    return directory.isOpen() && (::fsync(directory.number()) == 0 || errno == EINVAL);
}

} // namespace

Status writeFileAtomically(const QString& path, const QByteArray& bytes, int mode)
{
    const auto cannot = QString("Cannot write %1").arg(path);
    const auto target = QFile::encodeName(path);
    QByteArray temporary = target + ".XXXXXX";
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file.isOpen()) {
        return failFromErrno(cannot, path);
    }
    if (!fillAndRename(file.number(), temporary, target, bytes, mode)) {
        auto failure = failFromErrno(cannot, path);
        ::unlink(temporary.constData());
        return failure;
    }
    if (!syncDirectory(QFileInfo(path).absolutePath())) {
        return failFromErrno(cannot, path);
    }
    return {};
}

Result<QByteArray> readFile(const QString& path)
{
    const Descriptor descriptor(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!descriptor.isOpen() && errno == ENOENT) {
        return fail(ErrorCode::NotFound, QString("There is no file %1.").arg(path), {{"path", path}});
    }
    QFile file;
    if (!descriptor.isOpen() || !file.open(descriptor.number(), QIODevice::ReadOnly)) {
        return failFromErrno(QString("Cannot read %1").arg(path), path);
    }
    errno = 0;
    auto bytes = file.readAll();
    if (file.error() != QFileDevice::NoError) {
        return failFromErrno(QString("Cannot read %1").arg(path), path);
    }
    return bytes;
}

Status ensurePrivateDirectory(const QString& path)
{
    const auto name = QFile::encodeName(QDir::cleanPath(path));
    const bool hasParent = QDir().mkpath(QFileInfo(QDir::cleanPath(path)).absolutePath());
    if (!hasParent || (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST)) {
        return failFromErrno(QString("Cannot make the directory %1").arg(path), path);
    }
    struct stat entry = {};
    struct stat directory = {};
    if (::lstat(name.constData(), &entry) != 0 || ::stat(name.constData(), &directory) != 0) {
        return failFromErrno(QString("Cannot look at the directory %1").arg(path), path);
    }
    if (!S_ISDIR(directory.st_mode)) {
        return fail(ErrorCode::StoreError, QString("%1 is in the way: it is not a directory.").arg(path),
                    {{"path", path}});
    }
    if (entry.st_uid != ::geteuid() || directory.st_uid != ::geteuid()) {
        return fail(ErrorCode::PermissionDenied, QString("%1 belongs to another user; it is not used.").arg(path),
                    {{"path", path}});
    }
    if ((directory.st_mode & 07777) != 0700 && ::chmod(name.constData(), 0700) != 0) {
        return failFromErrno(QString("Cannot make the directory %1 private").arg(path), path);
    }
    return {};
}

Result<bool> isReadableByOthers(const QString& path)
{
    struct stat entry = {};
    if (::stat(QFile::encodeName(path).constData(), &entry) != 0) {
        if (errno == ENOENT) {
            return fail(ErrorCode::NotFound, QString("There is no file %1.").arg(path), {{"path", path}});
        }
        return failFromErrno(QString("Cannot look at %1").arg(path), path);
    }
    return (entry.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

std::optional<QString> networkFileSystem(const QString& path)
{
    QFileInfo place(path);
    while (!place.exists() && !place.isRoot()) {
        place.setFile(place.absolutePath());
    }
    struct statfs system = {};
    if (::statfs(QFile::encodeName(place.absoluteFilePath()).constData(), &system) != 0) {
        return std::nullopt;
    }
    // Magic numbers of statfs(2) and linux/magic.h.
    switch (static_cast<quint32>(system.f_type)) {
    case 0x6969:
        return "NFS";
    case 0x517B:
    case 0xFE534D42:
    case 0xFF534D42:
        return "SMB";
    case 0x01021997:
        return "9P";
    case 0x65735546:
        return "FUSE";
    case 0x5346414F:
    case 0x6B414653:
        return "AFS";
    case 0x00C36400:
        return "Ceph";
    case 0x73757245:
        return "Coda";
    default:
        return std::nullopt;
    }
}

} // namespace rc
