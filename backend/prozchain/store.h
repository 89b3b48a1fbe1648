// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/genesis.h"
#include "backend/prozchain/state_table.h"

namespace rc::prozchain {

/// Blocks and versioned state of one node in DATA/chain.db. A block, its state and its bucket hashes enter in one
/// transaction, and leave in one: whatever kills the process, the store stands at a block boundary. Opening checks and
/// never repairs. One thread at a time; synchronous (a commit is one fsync).
class ChainStore
{
public:
    /// The database file of a data directory.
    [[nodiscard]] static QString fileIn(const QString& dataDirectory);
    /// Creates the store with the genesis block, or opens it. Conflict if it belongs to another genesis.
    [[nodiscard]] static Result<ChainStore> open(const QString& dataDirectory, const Genesis& genesis);
    /// NotFound if there is none. The genesis comes from the store.
    [[nodiscard]] static Result<ChainStore> openExisting(const QString& dataDirectory);

    [[nodiscard]] const Genesis& genesis() const { return m_genesis; }
    /// The header of the last block, as stored.
    [[nodiscard]] const BlockHeader& head() const { return m_head; }
    [[nodiscard]] const Hash& headHash() const { return m_headHash; }

    /// NotFound above the head.
    [[nodiscard]] Result<BlockHeader> header(qint64 height);
    [[nodiscard]] Result<FinalBlock> block(qint64 height);
    /// The height of a block by its hash. NotFound if this node has no such block.
    [[nodiscard]] Result<qint64> heightOf(const Hash& hash);

    /// The value of a key as of a height (not above the head), or nothing.
    [[nodiscard]] Result<std::optional<QByteArray>> value(const QByteArray& key, qint64 height);
    [[nodiscard]] Result<qint64> nonce(const PublicKey& sender);
    /// The state root computed from every stored value as of a height; never from a stored hash.
    [[nodiscard]] Result<Hash> recomputeStateRoot(qint64 height);
    /// VerificationFailed, with both roots in the sentence, if the recomputed root is not the header's.
    [[nodiscard]] Status verifyState(qint64 height);
    /// Changes whenever another connection wrote to the file.
    [[nodiscard]] Result<qint64> dataVersion();

    /// Executes transactions on top of the head. InvalidInput for a bad transaction; VerificationFailed if the stored
    /// values of a touched bucket are not what the head's header vouches for.
    [[nodiscard]] Result<Execution> execute(const QList<Transaction>& transactions);
    /// The next block with these transactions, its roots computed.
    [[nodiscard]] Result<Block> assemble(const PublicKey& proposer, qint64 round, qint64 timeMs,
                                         const QList<Transaction>& transactions);
    /// All rules for the next block but finality: parent, time, proposer, roots, transactions.
    [[nodiscard]] Result<Execution> check(const Block& block);
    /// Checks blocks and commits them with their state and bucket hashes, all in one transaction. A block that fails
    /// its check ends the list: those before it stay, and its error is returned. The proofs are not verified here.
    [[nodiscard]] Status append(const QList<FinalBlock>& blocks);
    /// As append, for a block from a stranger: more than two thirds must have signed.
    [[nodiscard]] Status appendFinal(const FinalBlock& block);

    /// Removes the blocks above a height and the state they wrote, in one transaction. Returns how many were removed.
    /// NotFound for a height this node does not have. The signing state is not touched.
    [[nodiscard]] Result<qint64> rollbackTo(qint64 height);

private:
    ChainStore() = default;
    [[nodiscard]] static Result<ChainStore> connect(const QString& path, sqlite::Database::Mode mode);
    [[nodiscard]] Status prepare();
    [[nodiscard]] Status create(const Genesis& genesis);
    /// 0 for an empty file.
    [[nodiscard]] Result<qint64> formatVersion();
    [[nodiscard]] Status readGenesis();
    [[nodiscard]] Status readHead();
    [[nodiscard]] Status write(const FinalBlock& final, const Execution& execution);
    /// What the transactions write, the senders' nonces included, by bucket.
    [[nodiscard]] Result<std::map<int, Values>> collectWrites(const QList<Transaction>& transactions);

    sqlite::Database m_database;
    StateTable m_state;
    Genesis m_genesis;
    BlockHeader m_head;
    Hash m_headHash;
    sqlite::Statement m_insertBlock;
    sqlite::Statement m_selectBlock;
    sqlite::Statement m_selectHeight;
    sqlite::Statement m_selectHead;
    sqlite::Statement m_selectVersion;
    sqlite::Statement m_deleteBlocks;
};

} // namespace rc::prozchain
