// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chain/recovery_result.h"

#include <algorithm>

namespace rc {
namespace {

/// cli.md: what all kinds of operation have.
template <class Result>
QJsonObject common(ChainOperation kind, const Result& result, qint64 from, qint64 to, qint64 blocks)
{
    return {
        {"kind", QString(idOf(kind))},
        {"system", result.system.text()},
        {"from_height", from},
        {"to_height", to},
        {"blocks", blocks},
        {"success", result.success},
        {"details", result.details},
        {"timestamp", toRfc3339(result.timestamp)},
    };
}

struct ToJson
{
    QJsonObject operator()(const RollbackResult& result) const
    {
        return common(ChainOperation::Rollback, result, result.fromHeight, result.toHeight, result.blocksRolledBack);
    }
    QJsonObject operator()(const BlockSyncResult& result) const
    {
        return common(ChainOperation::BlockSync, result, result.fromHeight, result.toHeight, result.blocksSynced);
    }
    QJsonObject operator()(const StateVerificationResult& result) const
    {
        const qint64 height = result.roots.block.height;
        auto object = common(ChainOperation::StateVerification, result, height, height, 0);
        object["hash"] = result.roots.block.hash;
        object["header_state_hash"] = result.roots.header;
        object["computed_state_hash"] = result.roots.computed;
        object["quorum_state_hash"] = result.quorumState;
        return object;
    }
};

} // namespace

ChainOperation kindOf(const RecoveryOperation& operation)
{
    return static_cast<ChainOperation>(operation.index()); // the variant's order is the list's
}

bool succeeded(const RecoveryOperation& operation)
{
    return std::visit([](const auto& result) { return result.success; }, operation);
}

QString detailsOf(const RecoveryOperation& operation)
{
    return std::visit([](const auto& result) { return result.details; }, operation);
}

QJsonObject toJson(const RecoveryOperation& operation)
{
    return std::visit(ToJson{}, operation);
}

QJsonArray toJson(const QList<RecoveryOperation>& operations)
{
    QJsonArray array;
    for (const auto& operation : operations) {
        array.append(toJson(operation));
    }
    return array;
}

QString rolledBackSentence(qint64 blocks, qint64 height)
{
    return QString("Rolled back %1 blocks to height %2").arg(blocks).arg(height);
}

QJsonObject RecoveryResult::toJson() const
{
    return {
        {"success", success},
        {"message", message},
        {"operations", rc::toJson(operations)},
        {"timestamp", toRfc3339(timestamp)},
    };
}

RecoveryResult concludeRecovery(qint64 targetHeight, QList<RecoveryOperation> operations, bool moved,
                                Timestamp timestamp)
{
    RecoveryResult result{.success = false, .message = {}, .operations = std::move(operations), .timestamp = timestamp};
    const auto failed = std::ranges::find_if_not(result.operations, succeeded);
    result.success = failed == result.operations.end();
    if (!result.success) {
        result.message = QString("Data recovery failed: %1").arg(detailsOf(*failed));
    } else if (moved) {
        result.message = QString("Successfully recovered blockchain data to height %1").arg(targetHeight);
    } else {
        result.message = QString("Already at target height %1").arg(targetHeight);
    }
    return result;
}

} // namespace rc
