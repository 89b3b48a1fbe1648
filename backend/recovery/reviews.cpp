// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/reviews.h"

#include "backend/journal/kinds.h"
#include "backend/recovery/streams.h"
#include "model/base/signed_statement.h"

#include <algorithm>

namespace rc {

QList<Role> Reviews::inventoryRoles()
{
    return {Role::IncidentCommander, Role::NodeOperator, Role::SecurityAnalyst};
}

QJsonObject Reviews::bodyFor(const InventoryDocument& inventory)
{
    return {{"hash", inventory.sha256()},
            {"network", inventory.inventory.network.name},
            {"kind", QString(idOf(inventory.inventory.network.kind))},
            {"file", inventory.file}};
}

Result<bool> Reviews::hasProcedure(const QString& sha256)
{
    const auto rows = m_journal.read(stream::Reviews);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    return std::ranges::any_of(*rows, [&](const Record& row) {
        const auto statement = SignedStatement::fromBody(row.body);
        return row.kind == kind::ProcedureReviewed && statement && statement->content()["hash"].toString() == sha256;
    });
}

Result<bool> Reviews::hasInventory(const QString& sha256)
{
    const auto rows = m_journal.read(stream::Reviews);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    for (const auto& row : *rows) {
        const bool generated = row.kind == kind::InventoryGenerated && row.operatorId.isEmpty();
        if ((!generated && row.kind != kind::InventoryReviewed) || row.body["hash"].toString() != sha256) {
            continue;
        }
        const auto counts = generated ? Result<bool>(true) : isByReviewer(row);
        if (!counts || *counts) {
            return counts;
        }
    }
    return false;
}

/// Whether who wrote the row had a role for it then.
Result<bool> Reviews::isByReviewer(const Record& review)
{
    const auto people = m_journal.read(stream::Operators);
    if (!people) {
        return std::unexpected(people.error());
    }
    KeyRing then;
    for (const auto& row : *people) {
        if (row.sequence < review.sequence) {
            then.apply(row);
        }
    }
    const auto reviewer = then.operators().value(review.operatorId);
    return std::ranges::any_of(inventoryRoles(),
                               [&](Role role) { return reviewer.rolesAt(review.time).contains(role); });
}

Status Reviews::checkInventory(const InventoryDocument& inventory)
{
    if (const auto fits = checkNetwork(inventory.inventory.network); !fits) {
        return fits;
    }
    const auto reviewed = hasInventory(inventory.sha256());
    if (!reviewed) {
        return std::unexpected(reviewed.error());
    }
    if (!*reviewed) {
        return fail(ErrorCode::NotReviewed,
                    QString("The inventory %1 has not been reviewed as it stands: recoveryctl system review")
                        .arg(inventory.file));
    }
    return {};
}

Status Reviews::checkNetwork(const Network& network)
{
    const auto rows = m_journal.read(stream::Reviews);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    const auto first = std::ranges::find_if(
        *rows, [](const Record& row) { return fromId<NetworkKind>(row.body["kind"].toString()).has_value(); });
    if (first == rows->end() || first->body["kind"].toString() == idOf(network.kind)) {
        return {};
    }
    return fail(ErrorCode::WrongState, QString("This store is for the %1 network '%2' and never takes the %3 network "
                                               "'%4'. Use another home.")
                                           .arg(first->body["kind"].toString(), first->body["network"].toString(),
                                                idOf(network.kind), network.name));
}

} // namespace rc
