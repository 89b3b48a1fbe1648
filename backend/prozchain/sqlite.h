// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/steps.h"

#include <QByteArray>

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

/// SQLite's C interface as values. It is used here rather than QtSql because verification hashes every value in place,
/// without a QVariant and a copy for each, and because the core must work in a thread without ceremony.
namespace rc::prozchain::sqlite {

class Database;

/// A prepared statement. Every use begins with with(...) and ends by itself: no read is left open between calls.
class Statement
{
public:
    Statement() = default;
    [[nodiscard]] static Result<Statement> prepare(Database& database, const char* sql);

    /// Starts a use: ?1, ?2 ... in order.
    template <class... Args>
    Statement& with(const Args&... args)
    {
        restart();
        int index = 0;
        (bind(++index, args), ...);
        return *this;
    }

    /// For statements without rows.
    [[nodiscard]] Status run();
    /// At most one row; true if there was one, read by `read`.
    template <class Read>
    [[nodiscard]] Result<bool> row(Read read)
    {
        const auto found = step();
        if (found && *found) {
            read(*this);
        }
        restart();
        return found;
    }
    template <class Read>
    [[nodiscard]] Status rows(Read read)
    {
        for (auto found = step();; found = step()) {
            if (!found || !*found) {
                restart();
                return toStatus(found);
            }
            read(*this);
        }
    }

    [[nodiscard]] qint64 number(int column) const;
    /// Valid until the row ends.
    [[nodiscard]] QByteArrayView bytes(int column) const;

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt* statement) const;
    };

    void restart();
    void bind(int index, qint64 value);
    void bind(int index, int value) { bind(index, qint64(value)); }
    void bind(int index, QByteArrayView value);
    [[nodiscard]] Result<bool> step();

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// One connection: WAL, synchronous=FULL, a busy timeout of 5 s.
class Database
{
public:
    enum class Mode {
        Create,
        Existing,
    };

    Database() = default;
    /// NotFound if there is no such file in mode Existing, else StoreError.
    [[nodiscard]] static Result<Database> open(const QString& path, Mode mode);

    [[nodiscard]] Status run(const char* sql);
    /// Runs `work` in one write transaction: committed if it succeeds, undone if not.
    template <class Work>
    [[nodiscard]] Status transaction(Work work)
    {
        auto done = run("BEGIN IMMEDIATE");
        if (!done) {
            return done;
        }
        done = work();
        if (done) {
            done = run("COMMIT");
        }
        if (!done) {
            undo();
        }
        return done;
    }
    /// Ends a failed transaction; SQLite may have done so already.
    void undo();
    /// How many rows the last statement changed.
    [[nodiscard]] qint64 changes() const;

    [[nodiscard]] sqlite3* handle() const { return m_handle.get(); }

private:
    struct Close
    {
        void operator()(sqlite3* handle) const;
    };

    std::unique_ptr<sqlite3, Close> m_handle;
};

} // namespace rc::prozchain::sqlite
