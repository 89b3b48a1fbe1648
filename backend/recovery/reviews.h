// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/documents/inventory_document.h"
#include "backend/journal/journal.h"

namespace rc {

/// Which documents may run, and for which kind of network a store is (product rules 10 and 15), as the rows of the
/// stream `reviews` say.
class Reviews
{
public:
    explicit Reviews(Journal& journal)
        : m_journal(journal)
    {
    }

    /// Whether somebody has signed that a procedure of this hash was read and may run.
    [[nodiscard]] Result<bool> hasProcedure(const QString& sha256);
    /// Whether the program made this inventory, or somebody who may has reviewed it as it stands and where it lies.
    [[nodiscard]] Result<bool> hasInventory(const QString& sha256);
    /// NotReviewed; what checkNetwork() says.
    [[nodiscard]] Status checkInventory(const InventoryDocument& inventory);
    /// The kind of a store is that of its first network. WrongState for a network of the other kind.
    [[nodiscard]] Status checkNetwork(const Network& network);

    /// Who may say that an inventory was read and may run.
    [[nodiscard]] static QList<Role> inventoryRoles();
    /// What a row says of an inventory, reviewed or generated.
    [[nodiscard]] static QJsonObject bodyFor(const InventoryDocument& inventory);

private:
    [[nodiscard]] Result<bool> isByReviewer(const Record& review);

    Journal& m_journal;
};

} // namespace rc
