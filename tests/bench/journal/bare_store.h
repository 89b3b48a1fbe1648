// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/record.h"

#include <sqlite3.h>

namespace rc::bench {

/// The yardstick: a table and an index like the journal's, the same pragmas, one synced transaction a row, through
/// SQLite's C API with a prepared statement. No hash, no signature, no projection, nothing read.
class BareStore
{
public:
    explicit BareStore(const QString& path);
    ~BareStore();
    BareStore(const BareStore&) = delete;
    BareStore& operator=(const BareStore&) = delete;

    void commit(const Record& record);

private:
    void run(const char* sql);
    void step(sqlite3_stmt* statement);

    sqlite3* m_database = nullptr;
    sqlite3_stmt* m_begin = nullptr;
    sqlite3_stmt* m_insert = nullptr;
    sqlite3_stmt* m_commit = nullptr;
};

} // namespace rc::bench
