// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/load_source.h"

#include "backend/prozchain/encoding.h"

namespace rc::prozchain {

namespace {

constexpr int leastPerBlock = 10;

Seed seedOf(const QString& nodeName)
{
    return Seed{Hasher("prozchain-load-v1").bytes(nodeName.toUtf8()).finish().bytes};
}

} // namespace

LoadSource::LoadSource(const QString& nodeName, QString chainId, int accounts)
    : m_keys(KeyPair::fromSeed(seedOf(nodeName)))
    , m_chainId(std::move(chainId))
    , m_accounts(accounts)
{
}

QList<Transaction> LoadSource::transactions(qint64 height, qint64 lastNonce) const
{
    QList<Transaction> list;
    const int count = leastPerBlock + static_cast<int>(height % 5);
    for (int i = 0; i < count; ++i) {
        const auto account = (height * leastPerBlock + i) % m_accounts;
        Transaction tx;
        tx.nonce = lastNonce + i + 1;
        tx.key = "account/" + QByteArray::number(account);
        tx.value =
            QByteArray::number((height * 7919 + account * 104'729) % 1'000'000) + "." + QByteArray::number(height);
        tx.sign(m_keys, m_chainId);
        list.append(tx);
    }
    return list;
}

} // namespace rc::prozchain
