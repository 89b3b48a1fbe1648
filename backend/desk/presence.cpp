// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/desk/presence.h"

#include "backend/platform/files.h"

#include <QDir>
#include <QUuid>

namespace rc {

Presence::Presence(QString path, OsLock lock)
    : m_path(std::move(path))
    , m_lock(std::move(lock))
{
}

Result<Presence> Presence::announce(const QString& home)
{
    const QString folder = home + "/consoles";
    if (const auto made = ensurePrivateDirectory(folder); !made) {
        return std::unexpected(made.error());
    }
    const QString path = folder + "/" + QUuid::createUuid().toString(QUuid::WithoutBraces) + ".lock";
    auto lock = OsLock::tryAcquire(path);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    return Presence(path, std::move(*lock));
}

Presence::~Presence()
{
    // The uuid is never used again, so the file can go; after a crash it stays and is free.
    if (m_lock) {
        QFile::remove(m_path);
    }
}

QStringList signsOfLife(const QString& home)
{
    QStringList alive;
    for (const QString& folder : {QString("consoles"), QString("executors")}) {
        const QDir locks(home + "/" + folder);
        for (const auto& name : locks.entryList({"*.lock"}, QDir::Files, QDir::Name)) {
            if (OsLock::isHeld(locks.filePath(name))) {
                alive.append(folder + "/" + name);
            }
        }
    }
    return alive;
}

} // namespace rc
