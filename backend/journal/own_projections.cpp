// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/own_projections.h"

#include "backend/journal/kinds.h"

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

} // namespace

QList<std::shared_ptr<Projection>> ownProjections()
{
    return {std::make_shared<DocumentsProjection>()};
}

} // namespace rc
