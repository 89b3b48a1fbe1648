// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/node/mempool.h"

namespace rc::prozchain {

Status Mempool::add(const Transaction& transaction, qint64 lastNonce)
{
    if (static_cast<qint64>(m_waiting.size()) >= m_limit) {
        return fail(ErrorCode::Busy, QString("%1 transactions wait already; try again later.").arg(m_limit));
    }
    const std::pair place(transaction.sender, transaction.nonce);
    const bool follows =
        transaction.nonce == lastNonce + 1 || m_waiting.contains({transaction.sender, transaction.nonce - 1});
    if (transaction.nonce <= lastNonce || m_waiting.contains(place) || !follows) {
        return fail(
            ErrorCode::Conflict,
            QString("The sender's last nonce is %1; %2 is used or leaves a gap.").arg(lastNonce).arg(transaction.nonce),
            {{"last_nonce", lastNonce}});
    }
    m_waiting.emplace(place, transaction);
    return {};
}

QList<Transaction> Mempool::first(qsizetype count) const
{
    QList<Transaction> list;
    for (const auto& [place, transaction] : m_waiting) {
        if (list.size() == count) {
            break;
        }
        list.append(transaction);
    }
    return list;
}

void Mempool::remove(const QList<Transaction>& included)
{
    for (const auto& transaction : included) {
        m_waiting.erase({transaction.sender, transaction.nonce});
    }
}

} // namespace rc::prozchain
