// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/store.h"

#include "backend/platform/failpoint.h"
#include "model/base/json.h"

#include <QDir>

namespace rc::prozchain {

namespace {

constexpr qint64 format = 1;
constexpr auto schema = "PRAGMA application_id=1380148059;" // "RCP["
                        "PRAGMA user_version=1;"
                        "CREATE TABLE genesis(document BLOB NOT NULL);"
                        "CREATE TABLE blocks(height INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE,"
                        " header BLOB NOT NULL, body BLOB NOT NULL, proof BLOB NOT NULL);";

Error noBlock(qint64 height, qint64 head)
{
    return {ErrorCode::NotFound,
            QString("This node has no block %1; its head is %2.").arg(height).arg(head),
            {{"head", head}}};
}

} // namespace

QString ChainStore::fileIn(const QString& dataDirectory)
{
    return QDir(dataDirectory).filePath("chain.db");
}

Result<ChainStore> ChainStore::connect(const QString& path, sqlite::Database::Mode mode)
{
    auto database = sqlite::Database::open(path, mode);
    if (!database) {
        return std::unexpected(database.error());
    }
    ChainStore store;
    store.m_database = std::move(*database);
    return store;
}

Result<ChainStore> ChainStore::open(const QString& dataDirectory, const Genesis& genesis)
{
    auto store = connect(fileIn(dataDirectory), sqlite::Database::Mode::Create);
    if (!store) {
        return store;
    }
    const auto version = store->formatVersion();
    const auto created = andThen(version, [&] { return *version == 0 ? store->create(genesis) : Status{}; });
    if (const auto ready = andThen(created, [&] { return store->prepare(); }); !ready) {
        return std::unexpected(ready.error());
    }
    if (store->m_genesis != genesis) {
        return fail(ErrorCode::Conflict, QString("%1 belongs to another genesis (chain %2) than the genesis file.")
                                             .arg(fileIn(dataDirectory), store->m_genesis.chainId));
    }
    return store;
}

Result<ChainStore> ChainStore::openExisting(const QString& dataDirectory)
{
    auto store = connect(fileIn(dataDirectory), sqlite::Database::Mode::Existing);
    if (!store) {
        return store;
    }
    if (const auto ready = store->prepare(); !ready) {
        return std::unexpected(ready.error());
    }
    return store;
}

Status ChainStore::create(const Genesis& genesis)
{
    return m_database.transaction([&]() -> Status {
        auto done = andThen(m_database.run(schema), [&] { return m_database.run(StateTable::schema); });
        auto document = sqlite::Statement::prepare(m_database, "INSERT INTO genesis(document) VALUES(?1)");
        auto block = sqlite::Statement::prepare(m_database, "INSERT INTO blocks VALUES(0, ?1, ?2, ?3, ?4)");
        if (!done || !document || !block) {
            return done ? fail(ErrorCode::StoreError, "The chain store cannot be created.") : done;
        }
        const auto header = genesis.firstHeader();
        done = document->with(QByteArrayView(canonicalJson(genesis.toJson()))).run();
        return andThen(done, [&] {
            const auto hash = header.hash();
            return block
                ->with(hash.view(), QByteArrayView(header.encode()), QByteArrayView(encodeBody({})),
                       QByteArrayView(Commit{}.encode()))
                .run();
        });
    });
}

Status ChainStore::prepare()
{
    const std::pair<sqlite::Statement*, const char*> statements[] = {
        {&m_insertBlock, "INSERT INTO blocks(height, hash, header, body, proof) VALUES(?1, ?2, ?3, ?4, ?5)"},
        {&m_selectBlock, "SELECT header, body, proof FROM blocks WHERE height=?1"},
        {&m_selectHeight, "SELECT height FROM blocks WHERE hash=?1"},
        {&m_selectHead, "SELECT height, hash, header FROM blocks ORDER BY height DESC LIMIT 1"},
        {&m_selectVersion, "PRAGMA data_version"},
        {&m_deleteBlocks, "DELETE FROM blocks WHERE height>?1"},
    };
    for (const auto& [statement, sql] : statements) {
        auto prepared = sqlite::Statement::prepare(m_database, sql);
        if (!prepared) {
            return std::unexpected(prepared.error());
        }
        *statement = std::move(*prepared);
    }
    const auto version = formatVersion();
    if (version && *version != format) {
        return fail(ErrorCode::StoreError,
                    QString("The chain store has format %1; this program knows format %2.").arg(*version).arg(format));
    }
    const auto state = andThen(version, [&] { return m_state.prepare(m_database); });
    return andThen(andThen(state, [&] { return readGenesis(); }), [&] { return readHead(); });
}

Result<qint64> ChainStore::formatVersion()
{
    qint64 version = 0;
    auto select = sqlite::Statement::prepare(m_database, "PRAGMA user_version");
    if (!select) {
        return std::unexpected(select.error());
    }
    const auto found = select->with().row([&](const auto& row) { version = row.number(0); });
    return thenReturn(found, [&] { return version; });
}

Status ChainStore::readGenesis()
{
    auto select = sqlite::Statement::prepare(m_database, "SELECT document FROM genesis");
    if (!select) {
        return std::unexpected(select.error());
    }
    QByteArray document;
    const auto found = select->with().row([&](const auto& row) { document = row.bytes(0).toByteArray(); });
    if (!found) {
        return std::unexpected(found.error());
    }
    const auto genesis = Genesis::fromJson("The chain store", QJsonDocument::fromJson(document).object());
    if (!genesis) {
        return fail(ErrorCode::StoreError, genesis.error().message);
    }
    m_genesis = *genesis;
    return {};
}

Status ChainStore::readHead()
{
    qint64 height = -1;
    Hash hash;
    QByteArray header;
    const auto found = m_selectHead.with().row([&](const auto& row) {
        height = row.number(0);
        hash = Hash::fromBytes(row.bytes(1)).value_or(Hash{});
        header = row.bytes(2).toByteArray();
    });
    if (!found) {
        return std::unexpected(found.error());
    }
    const auto decoded = BlockHeader::decode(header);
    if (!decoded || decoded->height != height || sha256(header) != hash) {
        return fail(ErrorCode::StoreError, QString("The chain store's last block (%1) is damaged.").arg(height));
    }
    m_head = *decoded;
    m_headHash = hash;
    return {};
}

Result<FinalBlock> ChainStore::block(qint64 height)
{
    QByteArray header;
    QByteArray body;
    QByteArray proof;
    const auto found = m_selectBlock.with(height).row([&](const auto& row) {
        header = row.bytes(0).toByteArray();
        body = row.bytes(1).toByteArray();
        proof = row.bytes(2).toByteArray();
    });
    if (!found) {
        return std::unexpected(found.error());
    }
    if (!*found) {
        return std::unexpected(noBlock(height, m_head.height));
    }
    const auto decodedHeader = BlockHeader::decode(header);
    const auto transactions = decodeBody(body);
    const auto commit = Commit::decode(proof);
    if (!decodedHeader || !transactions || !commit) {
        return fail(ErrorCode::StoreError, QString("Block %1 is damaged in the chain store.").arg(height));
    }
    return FinalBlock{{*decodedHeader, *transactions}, *commit};
}

Result<BlockHeader> ChainStore::header(qint64 height)
{
    QByteArray encoded;
    const auto found = m_selectBlock.with(height).row([&](const auto& row) { encoded = row.bytes(0).toByteArray(); });
    if (!found) {
        return std::unexpected(found.error());
    }
    return *found ? BlockHeader::decode(encoded) : std::unexpected(noBlock(height, m_head.height));
}

Result<qint64> ChainStore::heightOf(const Hash& hash)
{
    qint64 height = -1;
    const auto found = m_selectHeight.with(hash.view()).row([&](const auto& row) { height = row.number(0); });
    if (!found) {
        return std::unexpected(found.error());
    }
    if (!*found) {
        return fail(ErrorCode::NotFound, QString("This node has no block %1.").arg(hash.toHex()));
    }
    return height;
}

Result<qint64> ChainStore::dataVersion()
{
    qint64 version = 0;
    const auto found = m_selectVersion.with().row([&](const auto& row) { version = row.number(0); });
    return thenReturn(found, [&] { return version; });
}

Status ChainStore::write(const FinalBlock& final, const Execution& execution)
{
    const auto& header = final.block.header;
    const auto hash = header.hash();
    const auto inserted =
        m_insertBlock
            .with(header.height, hash.view(), QByteArrayView(header.encode()),
                  QByteArrayView(encodeBody(final.block.transactions)), QByteArrayView(final.commit.encode()))
            .run();
    failpoint("prozchain.append.half");
    const auto done = andThen(inserted, [&] { return m_state.write(execution, header.height); });
    if (done) {
        m_head = header;
        m_headHash = hash;
    }
    return done;
}

Status ChainStore::append(const QList<FinalBlock>& blocks)
{
    const auto head = std::pair(m_head, m_headHash);
    Status refused;
    const auto done = m_database.transaction([&]() -> Status {
        for (const auto& final : blocks) {
            const auto execution = check(final.block);
            if (!execution) {
                refused = std::unexpected(execution.error());
                break;
            }
            if (const auto written = write(final, *execution); !written) {
                return written;
            }
        }
        return {};
    });
    if (!done) {
        std::tie(m_head, m_headHash) = head;
        return done;
    }
    return refused;
}

Status ChainStore::appendFinal(const FinalBlock& final)
{
    return andThen(m_genesis.verifyCommit(final.block.header, final.commit), [&] { return append({final}); });
}

Result<qint64> ChainStore::rollbackTo(qint64 height)
{
    if (height < 0 || height > m_head.height) {
        return std::unexpected(noBlock(height, m_head.height));
    }
    qint64 removed = 0;
    const auto done = m_database.transaction([&]() -> Status {
        const auto blocks = m_deleteBlocks.with(height).run();
        removed = m_database.changes();
        failpoint("prozchain.rollback.half");
        return andThen(blocks, [&] { return m_state.removeAbove(height); });
    });
    return thenReturn(andThen(done, [&] { return readHead(); }), [&] { return removed; });
}

} // namespace rc::prozchain
