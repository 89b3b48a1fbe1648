// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/journal.h"
#include "backend/journal/rows.h"
#include "backend/platform/failpoint.h"

namespace rc {

/// An append under way, under the write lock. The keys are the journal's own only after the commit.
struct Journal::Draft
{
    WriteTransaction transaction;
    ClockMark now;
    Milliseconds jump; ///< of the clock since the last append; the first row says it
    Head before;
    Timestamp lastTime;
    Head head;
    KeyRing ring;
    QHash<QString, qint64> revisions;
    QList<Record> records;
};

namespace {

/// A stream as people call what it is about: "plan PLAN-1", "the operators".
QString inWords(const QString& stream)
{
    return stream.contains(u':') ? QString(stream).replace(u':', u' ') : "the record of " + stream;
}

} // namespace

Result<QList<Record>> Journal::append(const Append& append, Signer& signer)
{
    if (isReadOnly()) {
        return fail(ErrorCode::StoreError, QString("The store in %1 was opened for reading only.").arg(m_home));
    }
    auto draft = beginDraft();
    if (!draft) {
        return std::unexpected(draft.error());
    }
    auto done = checkExpected(append.expected);
    if (done) {
        done = addIntroduction(*draft, signer);
    }
    for (auto event = append.events.begin(); done && event != append.events.end(); ++event) {
        done = add(*draft, *event, signer);
    }
    if (done) {
        done = finish(*draft, append);
    }
    if (!done) {
        return std::unexpected(done.error());
    }
    return draft->records.last(append.events.size());
}

Result<Journal::Draft> Journal::beginDraft()
{
    auto transaction = WriteTransaction::begin(*m_sql);
    if (!transaction) {
        return std::unexpected(transaction.error());
    }
    const auto last =
        m_sql->first("SELECT sequence, hash, time FROM journal WHERE sequence > 0 ORDER BY sequence DESC LIMIT 1");
    if (!last) {
        return std::unexpected(last.error());
    }
    const auto mark = readClockMark(*m_sql);
    if (!mark) {
        return std::unexpected(mark.error());
    }
    const ClockMark now{m_options.uptime(), m_options.clock()};
    const auto head = last->isEmpty() ? Head() : Head{last->at(0).toLongLong(), last->at(1).toByteArray()};
    const auto lastTime = last->isEmpty() ? now.time : Timestamp(Milliseconds(last->at(2).toLongLong()));
    auto ready = takeIn(head);
    if (ready && !m_soundness.ok) {
        ready = fail(ErrorCode::VerificationFailed, "Nothing more is written to this journal: " + m_soundness.reason);
    }
    if (ready) {
        ready = m_projections.bringUpToDate(*m_sql, head.sequence);
    }
    if (!ready) {
        return std::unexpected(ready.error());
    }
    return Draft{.transaction = std::move(*transaction),
                 .now = now,
                 .jump = *mark ? clockJump(**mark, now) : Milliseconds(0),
                 .before = head,
                 .lastTime = lastTime,
                 .head = head,
                 .ring = m_ring,
                 .revisions = {},
                 .records = {}};
}

Status Journal::checkExpected(const QHash<QString, qint64>& expected)
{
    for (auto it = expected.begin(); it != expected.end(); ++it) {
        const auto actual = revision(it.key());
        if (!actual) {
            return std::unexpected(actual.error());
        }
        if (*actual != it.value()) {
            return fail(
                ErrorCode::Conflict,
                QString("Someone else was first: %1 has changed since you looked at it.").arg(inWords(it.key())),
                {{"stream", it.key()}, {"expected", it.value()}, {"actual", *actual}});
        }
    }
    return {};
}

Status Journal::addIntroduction(Draft& draft, Signer& signer)
{
    if (draft.ring.knowsSession(signer.keyId())) {
        return {};
    }
    const auto introduction = signer.introduction();
    return introduction ? add(draft, introduction->event, *introduction->signer) : Status();
}

/// The body of the next row, with what there is to say of the clock that writes it.
QJsonObject Journal::flagged(const Draft& draft, QJsonObject body)
{
    if (draft.now.time < draft.lastTime) {
        body[ClockSkew] = qint64((draft.lastTime - draft.now.time).count());
    }
    if (draft.jump != Milliseconds(0)) {
        body[ClockJump] = qint64(draft.jump.count());
    }
    return body;
}

Status Journal::add(Draft& draft, const NewEvent& event, const Signer& signer)
{
    if (const auto willing = signer.mayWrite(event.kind); !willing) {
        return willing;
    }
    if (!draft.revisions.contains(event.stream)) {
        const auto current = revision(event.stream);
        if (!current) {
            return std::unexpected(current.error());
        }
        draft.revisions.insert(event.stream, *current);
    }
    const auto body = flagged(draft, event.body);
    Record record{.sequence = draft.head.sequence + 1,
                  .stream = event.stream,
                  .revision = ++draft.revisions[event.stream],
                  .time = draft.now.time,
                  .operatorId = signer.operatorId(),
                  .kind = event.kind,
                  .body = body,
                  .bodyBytes = canonicalJson(body),
                  .previousHash = draft.head.hash,
                  .hash = {},
                  .keyId = signer.keyId(),
                  .signature = {}};
    if (const auto allowed = draft.ring.check(record); !allowed) {
        return allowed;
    }
    record.hash = rowHash(record);
    record.signature = signer.sign(signedBytes(record.hash));
    auto written = insertRow(*m_sql, record);
    if (written) {
        written = m_projections.apply(*m_sql, record);
    }
    draft.ring.apply(record);
    draft.head = {record.sequence, record.hash};
    draft.lastTime = draft.now.time;
    draft.jump = {};
    draft.records.append(std::move(record));
    return written;
}

Status Journal::finish(Draft& draft, const Append& append)
{
    auto done = m_projections.advance(*m_sql, draft.head.sequence);
    if (done) {
        done = advanceCheckpoint(*m_sql, draft.before, draft.head);
    }
    if (done) {
        done = writeClockMark(*m_sql, draft.now);
    }
    if (!done) {
        return done;
    }
    if (append.beforeCommit) {
        done = append.beforeCommit();
    }
    if (done) {
        failpoint("journal_before_commit");
        done = draft.transaction.commit();
        failpoint("journal_after_commit");
    }
    if (!done && append.undo) {
        append.undo();
    }
    if (done) {
        m_ring = draft.ring;
        m_seen = draft.head;
    }
    return done;
}

} // namespace rc
