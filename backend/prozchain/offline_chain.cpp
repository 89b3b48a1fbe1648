// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/offline_chain.h"

#include <QDir>
#include <QFileInfo>

namespace rc::prozchain {

Result<OsLock> lockDataDirectory(const QString& dataDirectory)
{
    auto lock = OsLock::tryAcquire(QDir(dataDirectory).filePath("lock"));
    if (!lock && lock.error().code == ErrorCode::Busy) {
        return fail(ErrorCode::Busy, QString("A running node holds the data directory %1.").arg(dataDirectory));
    }
    return lock;
}

Result<qint64> rollbackToBlock(ChainStore& store, qint64 height, const Hash& hash)
{
    const auto header = store.header(height);
    if (!header) {
        return std::unexpected(header.error());
    }
    if (header->hash() != hash) {
        return fail(
            ErrorCode::TargetInvalid,
            QString("Block %1 is %2 on this node, not %3.").arg(height).arg(header->hash().toHex(), hash.toHex()));
    }
    return store.rollbackTo(height);
}

OfflineChain::OfflineChain(OsLock lock, ChainStore store)
    : m_lock(std::move(lock))
    , m_store(std::move(store))
{
}

Result<OfflineChain> OfflineChain::open(const QString& dataDirectory)
{
    if (!QFileInfo::exists(ChainStore::fileIn(dataDirectory))) {
        return fail(ErrorCode::NotFound, QString("There is no chain in %1.").arg(dataDirectory));
    }
    auto lock = lockDataDirectory(dataDirectory);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    auto store = ChainStore::openExisting(dataDirectory);
    if (!store) {
        return std::unexpected(store.error());
    }
    return OfflineChain(std::move(*lock), std::move(*store));
}

Result<qint64> OfflineChain::rollbackTo(qint64 height, const Hash& hash)
{
    return rollbackToBlock(m_store, height, hash);
}

} // namespace rc::prozchain
