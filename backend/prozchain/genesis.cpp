// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/genesis.h"

#include "backend/prozchain/state.h"
#include "backend/prozchain/steps.h"
#include "backend/prozchain/strict_json.h"
#include "backend/prozchain/vote.h"
#include "model/base/json.h"

namespace rc::prozchain {

namespace {

Result<Genesis> read(StrictObject file)
{
    Genesis genesis;
    genesis.chainId = file.text("chain_id");
    genesis.timeMs = file.number("genesis_time_ms", 0, std::numeric_limits<qint64>::max() / 2);
    genesis.blockIntervalMs = file.number("block_interval_ms", 20, 3'600'000, genesis.blockIntervalMs);
    genesis.timeoutMs = file.number("timeout_ms", 50, 600'000, genesis.timeoutMs);
    genesis.timeoutStepMs = file.number("timeout_step_ms", 10, 600'000, genesis.timeoutStepMs);
    for (auto& entry : file.objects("validators")) {
        const auto name = entry.text("name");
        const auto key = PublicKey::fromHex(entry.text("public_key"));
        if (!key || genesis.indexOf(*key) >= 0) {
            entry.reject("\"public_key\" must be 64 lower-case hex digits, different for each validator.");
        }
        genesis.validators.append({name, key.value_or(PublicKey{})});
        if (const auto done = entry.finish(); !done) {
            return std::unexpected(done.error());
        }
    }
    if (genesis.validators.isEmpty()) {
        file.reject("a chain needs at least one validator.");
    }
    if (const auto done = file.finish(); !done) {
        return std::unexpected(done.error());
    }
    return genesis;
}

} // namespace

Result<Genesis> Genesis::load(const QString& path)
{
    const auto file = StrictObject::load(path);
    return andThen(file, [&] { return read(*file); });
}

Result<Genesis> Genesis::fromJson(const QString& where, const QJsonObject& object)
{
    return read(StrictObject(where, object));
}

QJsonObject Genesis::toJson() const
{
    QJsonArray list;
    for (const auto& validator : validators) {
        list.append(QJsonObject{{"name", validator.name}, {"public_key", validator.key.toHex()}});
    }
    return {{"chain_id", chainId},     {"genesis_time_ms", timeMs},        {"block_interval_ms", blockIntervalMs},
            {"timeout_ms", timeoutMs}, {"timeout_step_ms", timeoutStepMs}, {"validators", list}};
}

BlockHeader Genesis::firstHeader() const
{
    BlockHeader header;
    header.chainId = chainId;
    header.timeMs = timeMs;
    header.txRoot = sha256(canonicalJson(toJson()));
    header.stateRoot = prozchain::stateRoot(emptyBuckets());
    return header;
}

int Genesis::indexOf(const PublicKey& key) const
{
    const auto found = std::find_if(validators.begin(), validators.end(), [&](const auto& v) { return v.key == key; });
    return found == validators.end() ? -1 : static_cast<int>(found - validators.begin());
}

Status Genesis::verifyCommit(const BlockHeader& header, const Commit& commit) const
{
    Vote vote{header.height, commit.round, VoteStep::Precommit, header.hash(), -1, {}};
    const auto message = vote.signedBytes(chainId);
    QSet<int> signers;
    for (const auto& entry : commit.signatures) {
        const bool known = entry.validator >= 0 && entry.validator < validators.size();
        if (known && verify(validators[entry.validator].key, message, entry.signature)) {
            signers.insert(entry.validator);
        }
    }
    if (signers.size() < quorum()) {
        return fail(ErrorCode::VerificationFailed, QString("Block %1: %2 of %3 validators signed it, %4 are needed.")
                                                       .arg(header.height)
                                                       .arg(signers.size())
                                                       .arg(validators.size())
                                                       .arg(quorum()));
    }
    return {};
}

} // namespace rc::prozchain
