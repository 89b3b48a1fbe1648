// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/corrupt.h"

#include "backend/prozchain/store.h"

namespace rc::prozchain {

namespace {

// The nonces are left alone: a wrong nonce would show as bad transactions rather than as a bad state.
constexpr auto selectValue =
    "SELECT s.bucket, s.key, s.height, s.value, h.head"
    " FROM state s, (SELECT max(height) AS head FROM blocks) h"
    " WHERE s.height > max(0, h.head - ?1) AND s.height <= h.head"
    "  AND substr(s.key, 1, 6) <> CAST('nonce/' AS BLOB)"
    "  AND s.height = (SELECT max(height) FROM state n WHERE n.bucket = s.bucket AND n.key = s.key)"
    " ORDER BY s.height <= h.head - 3 DESC, s.height DESC, s.key LIMIT 1";

} // namespace

Result<Corruption> corruptRecentValue(const QString& dataDirectory, qint64 blocksBack)
{
    auto database = sqlite::Database::open(ChainStore::fileIn(dataDirectory), sqlite::Database::Mode::Existing);
    if (!database) {
        return std::unexpected(database.error());
    }
    Corruption done;
    const auto altered = database->transaction([&]() -> Status {
        auto select = sqlite::Statement::prepare(*database, selectValue);
        auto update =
            sqlite::Statement::prepare(*database, "UPDATE state SET value=?1 WHERE bucket=?2 AND key=?3 AND height=?4");
        if (!select || !update) {
            return std::unexpected(select ? update.error() : select.error());
        }
        qint64 bucket = 0;
        const auto found = select->with(blocksBack).row([&](const auto& row) {
            bucket = row.number(0);
            done = {row.bytes(1).toByteArray(), row.number(2), row.number(4), row.bytes(3).toByteArray(), {}};
        });
        if (!found || !*found) {
            return found ? fail(ErrorCode::NotFound,
                                QString("No value was written in the last %1 blocks.").arg(blocksBack))
                         : std::unexpected(found.error());
        }
        done.after = done.before + "~";
        return update->with(QByteArrayView(done.after), bucket, QByteArrayView(done.key), done.height).run();
    });
    return thenReturn(altered, [&] { return done; });
}

} // namespace rc::prozchain
