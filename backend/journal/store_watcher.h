// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/sql.h"
#include "backend/platform/file_identity.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace rc {

/// Follows a store that others (or other connections of this process) write: looks four times a second. A file that was
/// replaced never changes its data version, so device, inode and the store's uuid are compared as well.
class StoreWatcher : public QObject
{
    Q_OBJECT

public:
    /// Watches HOME/store.db; it need not exist yet.
    explicit StoreWatcher(const QString& home, QObject* parent = nullptr);
    ~StoreWatcher() override;

    /// Looks now; the timer does the same.
    void look();

Q_SIGNALS:
    /// Something was committed, or the same file can be read again after lost(); the journal now ends here.
    void changed(qint64 headSequence);
    /// Another file stands in its place (a restored copy, another store): open it anew.
    void replaced();
    /// The file is gone or cannot be read any more. Said once; watching goes on.
    void lost();

private:
    void reopen(const FileIdentity& identity);
    void compare();
    void lose();

    QString m_path;
    QTimer m_timer;
    std::unique_ptr<Sql> m_sql;
    std::optional<FileIdentity> m_identity;
    QString m_uuid; ///< of the store last seen
    qint64 m_version = 0;
    qint64 m_head = 0;
    bool m_lost = false;
};

} // namespace rc
