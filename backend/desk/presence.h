// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/platform/os_lock.h"

#include <QStringList>

namespace rc {

/// A console's sign of life: the lock HOME/consoles/UUID.lock, held while its window has the store open. A wall that
/// sees an open plan and no sign of life says so.
class Presence
{
public:
    /// StoreError if the home cannot be written.
    [[nodiscard]] static Result<Presence> announce(const QString& home);
    ~Presence();
    Presence(Presence&& other) noexcept = default;
    Presence& operator=(Presence&&) = delete;
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;

private:
    Presence(QString path, OsLock lock);

    QString m_path;
    OsLock m_lock;
};

/// The locks that living consoles and executors of a home hold, sorted: "consoles/UUID.lock", "executors/UUID.lock".
[[nodiscard]] QStringList signsOfLife(const QString& home);

} // namespace rc
