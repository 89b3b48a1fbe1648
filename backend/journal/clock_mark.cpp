// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/clock_mark.h"

namespace rc {

Milliseconds clockJump(const ClockMark& before, const ClockMark& now)
{
    if (now.uptime.boot.isEmpty() || now.uptime.boot != before.uptime.boot) {
        return Milliseconds(0);
    }
    const auto jump = (now.time - before.time) - (now.uptime.time - before.uptime.time);
    return std::chrono::abs(jump) > ClockTolerance ? jump : Milliseconds(0);
}

Result<std::optional<ClockMark>> readClockMark(Sql& sql)
{
    const auto row = sql.first("SELECT boot, uptime, time FROM clock_mark");
    if (!row) {
        return std::unexpected(row.error());
    }
    return row->isEmpty() ? std::nullopt
                          : std::optional(ClockMark{{row->at(0).toString(), Milliseconds(row->at(1).toLongLong())},
                                                    Timestamp(Milliseconds(row->at(2).toLongLong()))});
}

Status writeClockMark(Sql& sql, const ClockMark& mark)
{
    return sql.run("INSERT OR REPLACE INTO clock_mark VALUES(1, ?, ?, ?)",
                   {mark.uptime.boot, qint64(mark.uptime.time.count()), qint64(mark.time.time_since_epoch().count())});
}

Result<QList<ClockFlag>> readClockFlags(Sql& sql, qint64 from, qint64 to)
{
    QList<ClockFlag> flags;
    const auto read =
        sql.each("SELECT sequence, time, jump, skew FROM clock_flags WHERE sequence BETWEEN ? AND ? "
                 "ORDER BY sequence",
                 {from, to}, [&](const QSqlQuery& row) {
                     flags.append({row.value(0).toLongLong(), Timestamp(Milliseconds(row.value(1).toLongLong())),
                                   Milliseconds(row.value(2).toLongLong()), Milliseconds(row.value(3).toLongLong())});
                     return Status();
                 });
    if (!read) {
        return std::unexpected(read.error());
    }
    return flags;
}

} // namespace rc
