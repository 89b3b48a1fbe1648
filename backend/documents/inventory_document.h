// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/system/inventory.h"

namespace rc {

/// An inventory with the exact bytes it was read from, so that a plan can pin it by hash (product rule 10).
struct InventoryDocument
{
    Inventory inventory;
    QByteArray source;
    /// SHA-256 of `source`, lower-case hex.
    QString sha256;
    /// As messages name it.
    QString file;

    friend bool operator==(const InventoryDocument&, const InventoryDocument&) = default;
};

/// Reads and checks an inventory (docs/inventory-format.md). Relative paths are resolved against the folder of the
/// file: configuration directories, a manager's program (if it has a slash), directory and log, `file:` secrets.
/// Errors: InvalidInput with a line `file:line: ...` for every problem, NotFound if there is no such file.
[[nodiscard]] Result<InventoryDocument> readInventory(const QString& path);
/// The same from bytes; `file` is what messages call them and what relative paths are relative to.
[[nodiscard]] Result<InventoryDocument> readInventory(const QByteArray& bytes, const QString& file);

/// The YAML text of an inventory; reading it gives the same inventory.
[[nodiscard]] QByteArray writeInventory(const Inventory& inventory);

} // namespace rc
