// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/block.h"

#include <map>

namespace rc::prozchain {

/// Transactions from clients that wait for a block, in the order of each sender's nonces.
class Mempool
{
public:
    explicit Mempool(qint64 limit)
        : m_limit(limit)
    {
    }

    /// `lastNonce` is the sender's as of the head. Conflict for a nonce that is used or leaves a gap, Busy when full.
    [[nodiscard]] Status add(const Transaction& transaction, qint64 lastNonce);
    [[nodiscard]] QList<Transaction> first(qsizetype count) const;
    /// Forgets what a block brought.
    void remove(const QList<Transaction>& included);
    void clear() { m_waiting.clear(); }

private:
    qint64 m_limit;
    std::map<std::pair<PublicKey, qint64>, Transaction> m_waiting;
};

} // namespace rc::prozchain
