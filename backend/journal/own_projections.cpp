// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/own_projections.h"

#include "backend/journal/kinds.h"
#include "model/base/clock_flag.h"

namespace rc {

namespace {

class DocumentsProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "documents"; }
    [[nodiscard]] QStringList tables() const override { return {"documents"}; }
    [[nodiscard]] Status createTables(Sql& sql) override
    {
        return sql.run("CREATE TABLE documents(hash TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, "
                       "since INTEGER NOT NULL) STRICT");
    }
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override
    {
        if (record.kind != kind::DocumentPinned) {
            return {};
        }
        return sql.run("INSERT OR IGNORE INTO documents VALUES(?, ?, ?, ?)",
                       {record.body["hash"].toString(), record.body["name"].toString(), record.body["text"].toString(),
                        record.sequence});
    }
};

/// The few rows that say something of the clock that wrote them, so that a plan's are found without reading all.
class ClockFlagsProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "clock_flags"; }
    [[nodiscard]] QStringList tables() const override { return {"clock_flags"}; }
    [[nodiscard]] Status createTables(Sql& sql) override
    {
        return sql.run("CREATE TABLE clock_flags(sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL, jump INTEGER NOT "
                       "NULL, skew INTEGER NOT NULL) STRICT");
    }
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override
    {
        const auto flag = ClockFlag::of(record.sequence, record.time, record.body);
        return flag ? sql.run("INSERT INTO clock_flags VALUES(?, ?, ?, ?)",
                              {flag->sequence, qint64(flag->at.time_since_epoch().count()), qint64(flag->jump.count()),
                               qint64(flag->skew.count())})
                    : Status();
    }
};

} // namespace

QList<std::shared_ptr<Projection>> ownProjections()
{
    return {std::make_shared<DocumentsProjection>(), std::make_shared<ClockFlagsProjection>()};
}

} // namespace rc
