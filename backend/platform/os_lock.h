// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QString>

namespace rc {

/// A lock that the operating system drops when its process ends, however it ends. It belongs to the object (two objects
/// of one process exclude each other), is not inherited by started programs, and leaves its empty file behind on
/// purpose: removing a lock file races with the next owner. Compiled for Linux (open file description locks, fcntl(2)),
/// because there isHeld() can look without taking, so that looking never makes an owner's tryAcquire() fail.
class OsLock
{
public:
    OsLock() = default;
    ~OsLock();
    OsLock(OsLock&& other) noexcept;
    OsLock& operator=(OsLock&& other) noexcept;
    OsLock(const OsLock&) = delete;
    OsLock& operator=(const OsLock&) = delete;

    /// Creates the file (mode 0600) if needed and takes the lock. Busy if another holds it, StoreError if the file
    /// cannot be opened. The directory must exist.
    [[nodiscard]] static Result<OsLock> tryAcquire(const QString& path);
    /// True while some OsLock, of this or another process, holds the file. A file that is not there is not held; one
    /// that may not be read counts as held, because its owner may be alive.
    [[nodiscard]] static bool isHeld(const QString& path);

    /// False after a move and for a default-made lock.
    [[nodiscard]] explicit operator bool() const { return m_descriptor >= 0; }

private:
    explicit OsLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    int m_descriptor = -1;
};

} // namespace rc
