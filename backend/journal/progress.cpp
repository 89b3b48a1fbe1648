// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/progress.h"

#include "backend/journal/rows.h"

#include <algorithm>

namespace rc {

Result<Head> readCheckpoint(Sql& sql)
{
    const auto row = sql.first("SELECT sequence, hash FROM progress WHERE name = 'checkpoint'");
    if (!row) {
        return std::unexpected(row.error());
    }
    return row->isEmpty() ? Head() : Head{row->at(0).toLongLong(), row->at(1).toByteArray()};
}

Status advanceCheckpoint(Sql& sql, const Head& from, const Head& to)
{
    return sql.run("UPDATE progress SET sequence = ?, hash = ? WHERE name = 'checkpoint' AND sequence = ? AND hash = ?",
                   {to.sequence, to.hash, from.sequence, from.hash});
}

Status raiseCheckpoint(Sql& sql, const Head& to)
{
    const auto current = readCheckpoint(sql);
    if (!current || current->sequence >= to.sequence) {
        return current ? Status() : std::unexpected(current.error()); // without asking for the write lock
    }
    return sql.run("UPDATE progress SET sequence = ?, hash = ? WHERE name = 'checkpoint' AND sequence < ?",
                   {to.sequence, to.hash, to.sequence});
}

Projections::Projections(QList<std::shared_ptr<Projection>> projections)
    : m_projections(std::move(projections))
{
}

Result<QHash<QString, Projections::Stored>> Projections::stored(Sql& sql)
{
    QHash<QString, Stored> all;
    const auto read = sql.each("SELECT name, version, sequence FROM progress", {}, [&](const QSqlQuery& row) {
        all.insert(row.value(0).toString(), {row.value(1).toInt(), row.value(2).toLongLong()});
        return Status();
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    return all;
}

Result<bool> Projections::isCurrent(Sql& sql, qint64 sequence)
{
    const auto all = stored(sql);
    if (!all) {
        return std::unexpected(all.error());
    }
    return std::ranges::all_of(m_projections, [&](const auto& projection) {
        const auto there = all->value("projection:" + projection->name());
        return there.version == projection->version() && there.sequence == sequence;
    });
}

Status Projections::bringUpToDate(Sql& sql, qint64 sequence)
{
    const auto all = stored(sql);
    if (!all) {
        return std::unexpected(all.error());
    }
    for (const auto& projection : m_projections) {
        const auto there = all->value("projection:" + projection->name());
        const bool same = there.version == projection->version() && there.sequence <= sequence;
        Status done;
        if (!same) {
            done = refill(sql, *projection, sequence);
        } else if (there.sequence < sequence) {
            done = replay(sql, *projection, there.sequence, sequence);
        }
        if (!done) {
            return done;
        }
    }
    return {};
}

Status Projections::apply(Sql& sql, const Record& record)
{
    for (const auto& projection : m_projections) {
        if (const auto applied = projection->apply(sql, record); !applied) {
            return applied;
        }
    }
    return {};
}

Status Projections::advance(Sql& sql, qint64 sequence)
{
    QVariantList values{sequence};
    for (const auto& projection : m_projections) {
        values.append("projection:" + projection->name());
    }
    const auto marks = QString("?, ").repeated(m_projections.size()).chopped(2);
    return sql.run("UPDATE progress SET sequence = ? WHERE name IN (" + marks + ")", values);
}

Status Projections::rebuild(Sql& sql, qint64 sequence)
{
    for (const auto& projection : m_projections) {
        if (const auto done = refill(sql, *projection, sequence); !done) {
            return done;
        }
    }
    return {};
}

Status Projections::refill(Sql& sql, Projection& projection, qint64 sequence)
{
    for (const auto& table : projection.tables()) {
        if (const auto dropped = sql.run("DROP TABLE IF EXISTS " + table); !dropped) {
            return dropped;
        }
    }
    if (const auto made = projection.createTables(sql); !made) {
        return made;
    }
    const auto noted = sql.run("INSERT OR REPLACE INTO progress VALUES(?, ?, 0, x'')",
                               {"projection:" + projection.name(), projection.version()});
    return noted ? replay(sql, projection, 0, sequence) : noted;
}

Status Projections::replay(Sql& sql, Projection& projection, qint64 after, qint64 sequence)
{
    const auto replayed = eachRow(sql, "WHERE sequence > ? AND sequence <= ? ORDER BY sequence", {after, sequence},
                                  [&](Record&& record) { return projection.apply(sql, withBody(std::move(record))); });
    if (!replayed) {
        return replayed;
    }
    return sql.run("UPDATE progress SET sequence = ? WHERE name = ?", {sequence, "projection:" + projection.name()});
}

} // namespace rc
