// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/load_source.h"
#include "backend/prozchain/store.h"
#include "backend/prozchain/vote.h"

#include <QTemporaryDir>
#include <QTest>

namespace rc::prozchain::test {

/// Key pairs of four validators whose seeds are 0101.., 0202.., 0303.., 0404..
inline KeyPair validatorKeys(int index)
{
    Seed seed;
    seed.bytes.fill(static_cast<unsigned char>(index + 1));
    return KeyPair::fromSeed(seed);
}

inline Genesis fourValidators(const QString& chainId = "prozchain-test")
{
    Genesis genesis{chainId, 1'700'000'000'000, {}, 150, 300, 100};
    for (int i = 0; i < 4; ++i) {
        genesis.validators.append({QString("validator-%1").arg(i + 1), validatorKeys(i).publicKey()});
    }
    return genesis;
}

inline Commit commitOf(const Genesis& genesis, const BlockHeader& header, int signers = 3)
{
    Commit commit;
    for (int i = 0; i < signers; ++i) {
        const Vote vote{header.height, 0, VoteStep::Precommit, header.hash(), i, {}};
        commit.signatures.append({i, validatorKeys(i).sign(vote.signedBytes(genesis.chainId))});
    }
    return commit;
}

/// The next block with the load source's transactions.
inline Result<Block> nextBlock(ChainStore& store)
{
    const auto& genesis = store.genesis();
    const auto height = store.head().height + 1;
    const LoadSource load("validator-1", genesis.chainId);
    const auto nonce = store.nonce(load.sender());
    if (!nonce) {
        return std::unexpected(nonce.error());
    }
    const auto proposer = genesis.validators[genesis.proposerIndex(height, 0)].key;
    return store.assemble(proposer, 0, genesis.timeMs + height * 1000, load.transactions(height, *nonce));
}

inline Status grow(ChainStore& store, int blocks)
{
    for (int i = 0; i < blocks; ++i) {
        const auto block = nextBlock(store);
        if (!block) {
            return std::unexpected(block.error());
        }
        if (const auto done = store.appendFinal({*block, commitOf(store.genesis(), block->header)}); !done) {
            return done;
        }
    }
    return {};
}

/// QVERIFY for a Result or Status, with its sentence.
#define VERIFY_OK(expression)                                                                                          \
    do {                                                                                                               \
        const auto& verified = (expression);                                                                           \
        QVERIFY2(verified.has_value(), verified ? "" : qPrintable(verified.error().message));                          \
    } while (false)

} // namespace rc::prozchain::test
