// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/os_lock.h"

#include "backend/platform/system_error.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace rc {

static struct flock wholeFile(short type)
{
    struct flock lock = {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

OsLock::~OsLock()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

OsLock::OsLock(OsLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

OsLock& OsLock::operator=(OsLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

Result<OsLock> OsLock::tryAcquire(const QString& path)
{
    OsLock lock(::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock) {
        return failFromErrno(QString("Cannot open the lock file %1").arg(path), path);
    }
    auto exclusive = wholeFile(F_WRLCK);
    if (::fcntl(lock.m_descriptor, F_OFD_SETLK, &exclusive) == 0) {
        return lock;
    }
    if (errno == EAGAIN || errno == EACCES) {
        return fail(ErrorCode::Busy, QString("Another process holds %1.").arg(path), {{"path", path}});
    }
    return failFromErrno(QString("Cannot lock %1").arg(path), path);
}

bool OsLock::isHeld(const QString& path)
{
    const OsLock probe(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!probe) {
        return errno != ENOENT && errno != ENOTDIR;
    }
    auto wanted = wholeFile(F_WRLCK);
    return ::fcntl(probe.m_descriptor, F_OFD_GETLK, &wanted) != 0 || wanted.l_type != F_UNLCK;
}

} // namespace rc
