// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/rows.h"
#include "tests/backend/journal/journal_fixture.h"

namespace rc::test {

/// A signer that writes what it is told to, with whatever key: what a forger has.
class Forger final : public Signer
{
public:
    Forger(OperatorId operatorId, KeyPair key)
        : m_operatorId(std::move(operatorId))
        , m_key(std::move(key))
    {
    }
    [[nodiscard]] QString keyId() const override { return m_key.id(); }
    [[nodiscard]] OperatorId operatorId() const override { return m_operatorId; }
    [[nodiscard]] QByteArray sign(const QByteArray& bytes) const override { return m_key.sign(bytes); }

private:
    OperatorId m_operatorId;
    KeyPair m_key;
};

inline constexpr qint64 Records = 8;

/// Founding, olga, her certificate, five notes on two streams.
inline void fill(Store& store)
{
    store.add("olga", {Role::ProtocolLead});
    auto olga = store.signIn("olga");
    for (const auto& text : QStringList{"one", "two", "three", "four", "five"}) {
        store.note(*olga.session, QString("length/%1").arg(text.size()), text);
    }
}

/// Writes a row as a forger with the file in hand would: chained, hashed and signed, but past all rules. At the end,
/// or under another number.
inline void forge(Store& store, const Signer& signer, const QString& stream, const QString& kind,
                  const QJsonObject& body, std::optional<qint64> sequence = {})
{
    const auto head = Store::must(store.journal().head());
    Record record{.sequence = sequence.value_or(head.sequence + 1),
                  .stream = stream,
                  .revision = Store::must(store.journal().revision(stream)) + 1,
                  .time = store.now,
                  .operatorId = signer.operatorId(),
                  .kind = kind,
                  .body = body,
                  .bodyBytes = canonicalJson(body),
                  .previousHash = head.hash,
                  .hash = {},
                  .keyId = signer.keyId(),
                  .signature = {}};
    record.hash = rowHash(record);
    record.signature = signer.sign(signedBytes(record.hash));
    QVERIFY(insertRow(store.journal().sql(), record));
}

inline void expectBad(Store& store, qint64 sequence, const QString& words)
{
    const auto found = Store::must(store.journal().verify(VerifyFrom::Start));
    QVERIFY(!found.ok);
    QCOMPARE(found.firstBad, sequence);
    QVERIFY2(found.reason.contains(words), qPrintable(found.reason));
}

} // namespace rc::test
