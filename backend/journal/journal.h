// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/clock_mark.h"
#include "backend/journal/key_ring.h"
#include "backend/journal/progress.h"
#include "backend/journal/record.h"
#include "backend/journal/signer.h"
#include "backend/journal/verification.h"

#include <memory>

namespace rc {

/// A text that was pinned: a procedure, an inventory.
struct Document
{
    QString hash; ///< SHA-256 of the text's UTF-8, lower-case hex
    QString name;
    QString text;
};

/// The event that pins a text, on stream `documents`.
[[nodiscard]] NewEvent pinDocument(const QString& name, const QString& text);

/// What `store info` says.
struct StoreInfo
{
    QString uuid;
    QString path;
    int schema = 0;
    qint64 bytes = 0;
    qint64 records = 0;
    Head head;
    Head checkpoint; ///< everything up to here has been verified on this machine

    [[nodiscard]] QJsonObject toJson() const;
};

/// How a store is opened. Create makes HOME, the device key and the store where there is none.
enum class OpenMode {
    ReadOnly,
    ReadWrite,
    Create,
};

struct JournalOptions
{
    OpenMode mode = OpenMode::ReadWrite;
    Clock clock = systemTime;
    /// What that clock is compared with, to find that it was set (clock_mark.h).
    std::function<Uptime()> uptime = machineUptime;
    /// In addition to the journal's own (documents, clock flags).
    QList<std::shared_ptr<Projection>> projections = {};
};

/// The append-only, hash-chained, signed journal in HOME/store.db (docs/journal-format.md). Everything else is derived
/// from it. One connection, to be used from the thread that opened it; any number of processes may open the same
/// store, and SQLite's write lock orders them.
class Journal
{
public:
    /// NotFound when there is no store (and the mode does not create one), StoreError when it cannot be used: a newer
    /// schema, a network file system, another program's file, a damaged file, missing rights. A store of an older
    /// schema is copied to HOME/backups and then migrated. Rows newer than the last checkpoint are verified; see
    /// soundness().
    [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const QString& home, JournalOptions options = {});
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Writes the events in one durable transaction, and returns them as written (a certificate that had to go first
    /// is not among them). Conflict (details: stream, expected, actual) when a stream has another revision than
    /// expected; what Signer::mayWrite says; VerificationFailed when the rows verified at opening, or those that others
    /// have written since, are not sound; StoreError or Busy with nothing written.
    [[nodiscard]] Result<QList<Record>> append(const Append& append, Signer& signer);

    /// The rows of one stream in order.
    [[nodiscard]] Result<QList<Record>> read(const QString& stream, qint64 fromRevision = 1);
    /// The rows of all streams in order, at most `limit` of them.
    [[nodiscard]] Result<QList<Record>> readAll(qint64 fromSequence = 1, qint64 limit = 1000);
    [[nodiscard]] Result<Head> head();
    /// The revision of a stream; 0 if it has no rows.
    [[nodiscard]] Result<qint64> revision(const QString& stream);

    /// The keys and operators as of the last row. Rights are decided on this, not on the projections. Rows that others
    /// have written since the last call are verified; in a journal that is not sound, to which nothing is written any
    /// more, the keys are what its rows say.
    [[nodiscard]] Result<KeyRing> keyRing();
    /// What the rows from one to another say of clocks that were set, in order.
    [[nodiscard]] Result<QList<ClockFlag>> clockFlags(qint64 from, qint64 to);
    /// A pinned document. NotFound; StoreError if the text no longer has that hash.
    [[nodiscard]] Result<Document> document(const QString& hash);

    /// Verifies hashes, signatures and rights of the rows after the checkpoint, or of all; when of all, also the index
    /// through which streams are read. `kept` is a head that was noted elsewhere: the journal must contain exactly that
    /// row (this finds a cut tail), or, if only its hash was noted and the sequence is 0, any row with that hash. Moves
    /// the checkpoint when all is well and the store is writable. StoreError when the rows cannot be read.
    [[nodiscard]] Result<Verification> verify(VerifyFrom from, const std::optional<Head>& kept = {});
    /// What was found when the store was opened, or later when something wrong was found.
    [[nodiscard]] const Verification& soundness() const { return m_soundness; }

    /// Drops all registered projections and fills them again from the journal, in one transaction.
    [[nodiscard]] Status rebuild();
    /// Copies the store to a new file (0600) that has its name only once the copy was verified whole (copy.h).
    [[nodiscard]] Result<Verification> backup(const QString& path);
    [[nodiscard]] Result<StoreInfo> info();

    [[nodiscard]] const QString& home() const { return m_home; }
    [[nodiscard]] QString uuid() const { return m_ring.storeUuid(); }
    [[nodiscard]] bool isReadOnly() const { return m_options.mode == OpenMode::ReadOnly; }
    [[nodiscard]] Timestamp now() const { return m_options.clock(); }
    /// For queries on projections. Writing here is not for anyone but projections.
    [[nodiscard]] Sql& sql() { return *m_sql; }

private:
    struct Draft;

    Journal(QString home, std::unique_ptr<Sql> sql, JournalOptions options);

    [[nodiscard]] Status found();
    [[nodiscard]] Status start();
    [[nodiscard]] Result<Verification> verifyRows(VerifyFrom from, KeyRing& ring);
    [[nodiscard]] Status takeIn(const Head& end);
    [[nodiscard]] Status checkKept(const Head& kept, Verification& found);
    [[nodiscard]] Status checkKeptHash(const QByteArray& hash, Verification& found);
    [[nodiscard]] Status bringProjectionsUpToDate();
    [[nodiscard]] Status checkExpected(const QHash<QString, qint64>& expected);
    [[nodiscard]] Result<Draft> beginDraft();
    [[nodiscard]] Status addIntroduction(Draft& draft, Signer& signer);
    [[nodiscard]] static QJsonObject flagged(const Draft& draft, QJsonObject body);
    [[nodiscard]] Status add(Draft& draft, const NewEvent& event, const Signer& signer);
    [[nodiscard]] Status finish(Draft& draft, const Append& append);

    QString m_home;
    std::unique_ptr<Sql> m_sql;
    JournalOptions m_options;
    Projections m_projections;
    KeyRing m_ring;
    Head m_seen; ///< the row as of which the ring knows the keys
    Verification m_soundness;
};

} // namespace rc
