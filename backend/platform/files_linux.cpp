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
#include <sys/statvfs.h>
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

Result<std::unique_ptr<Descriptor>> openForReading(const QString& path)
{
    auto descriptor = std::make_unique<Descriptor>(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!descriptor->isOpen() && errno == ENOENT) {
        return fail(ErrorCode::NotFound, QString("There is no file %1.").arg(path), {{"path", path}});
    }
    if (!descriptor->isOpen()) {
        return failFromErrno(QString("Cannot read %1").arg(path), path);
    }
    return descriptor;
}

Result<QByteArray> readAll(const Descriptor& descriptor, const QString& path)
{
    QFile file;
    errno = 0;
    const bool open = file.open(descriptor.number(), QIODevice::ReadOnly);
    auto bytes = open ? file.readAll() : QByteArray();
    if (!open || file.error() != QFileDevice::NoError) {
        return failFromErrno(QString("Cannot read %1").arg(path), path);
    }
    return bytes;
}

/// Whether a directory that was there already is this user's alone.
Status checkPrivateDirectory(const QString& path)
{
    const auto name = QFile::encodeName(QDir::cleanPath(path));
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
    if ((directory.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(
            ErrorCode::PermissionDenied,
            QString("Others have rights to the directory %1; it is not used. Name one that is not there yet, or "
                    "set its mode to 0700.")
                .arg(path),
            {{"path", path}});
    }
    return {};
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

Status putInPlace(const QString& finished, const QString& path)
{
    const auto cannot = QString("Cannot write %1").arg(path);
    const auto from = QFile::encodeName(finished);
    const auto to = QFile::encodeName(path);
    const Descriptor file(::open(from.constData(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen() || ::fsync(file.number()) != 0) {
        return failFromErrno(cannot, path);
    }
    // A file system that knows no RENAME_NOREPLACE says EINVAL; link(2) does not replace either.
    const bool renamed =
        ::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0 ||
        (errno == EINVAL && ::link(from.constData(), to.constData()) == 0 && ::unlink(from.constData()) == 0);
    if (!renamed && errno == EEXIST) {
        return fail(ErrorCode::Conflict, QString("%1 exists already; it is not overwritten.").arg(path),
                    {{"path", path}});
    }
    return renamed && syncDirectory(QFileInfo(path).absolutePath()) ? Status() : failFromErrno(cannot, path);
}

Result<QByteArray> readFile(const QString& path)
{
    const auto descriptor = openForReading(path);
    return descriptor ? readAll(**descriptor, path) : std::unexpected(descriptor.error());
}

Result<QByteArray> readSecretFile(const QString& path)
{
    const auto descriptor = openForReading(path);
    if (!descriptor) {
        return std::unexpected(descriptor.error());
    }
    struct stat entry = {};
    if (::fstat((*descriptor)->number(), &entry) != 0) {
        return failFromErrno(QString("Cannot look at %1").arg(path), path);
    }
    if (entry.st_uid != ::geteuid() && entry.st_uid != 0) {
        return fail(ErrorCode::PermissionDenied, QString("%1 belongs to another user; it is not used.").arg(path),
                    {{"path", path}});
    }
    if ((entry.st_mode & (S_IRGRP | S_IROTH)) != 0) {
        return fail(ErrorCode::PermissionDenied,
                    QString("Others can read %1; it is not used. Set its mode to 0600.").arg(path), {{"path", path}});
    }
    return readAll(**descriptor, path);
}

Status ensurePrivateDirectory(const QString& path)
{
    const auto name = QFile::encodeName(QDir::cleanPath(path));
    const auto parent = QFileInfo(QDir::cleanPath(path)).absolutePath();
    const auto cannotMake = QString("Cannot make the directory %1").arg(path);
    const bool hasParent = QDir().mkpath(parent);
    if (hasParent && ::mkdir(name.constData(), 0700) == 0) {
        const bool done = ::chmod(name.constData(), 0700) == 0 && syncDirectory(parent); // whatever the umask took away
        return done ? Status() : failFromErrno(cannotMake, path);
    }
    if (!hasParent || errno != EEXIST) {
        return failFromErrno(cannotMake, path);
    }
    return checkPrivateDirectory(path);
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

bool isOnReadOnlyFileSystem(const QString& path)
{
    struct statvfs system = {};
    return ::statvfs(QFile::encodeName(path).constData(), &system) == 0 && (system.f_flag & ST_RDONLY) != 0;
}

} // namespace rc
