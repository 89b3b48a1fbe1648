// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/block.h"

namespace rc::prozchain {

/// The traffic of the practice chain: each block sets ten or more of the keys `account/0` ... in turn, so that every
/// value is written again after accounts/10 blocks. The sender's key pair belongs to one node and follows from its name
/// alone; it guards nothing.
class LoadSource
{
public:
    LoadSource(const QString& nodeName, QString chainId, int accounts = 200);

    [[nodiscard]] const PublicKey& sender() const { return m_keys.publicKey(); }
    /// The transactions for a block; `lastNonce` is the sender's as of the block before.
    [[nodiscard]] QList<Transaction> transactions(qint64 height, qint64 lastNonce) const;

private:
    KeyPair m_keys;
    QString m_chainId;
    int m_accounts;
};

} // namespace rc::prozchain
