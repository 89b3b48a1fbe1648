// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"
#include "model/system/inventory.h"

namespace rc {

/// An inventory with the exact bytes it was read from, so that a plan can pin it by hash (product rule 10).
struct InventoryDocument
{
    Inventory inventory;
    QByteArray source;
    /// As messages name it.
    QString file;

    /// What is reviewed and pinned: the inventory with absolute paths, headed by the hash of `source`. So an edit makes
    /// it another document, and so does another folder, from which relative paths lead elsewhere. Reads back as the
    /// same inventory.
    [[nodiscard]] QByteArray pinnedText() const;
    /// SHA-256 of that, lower-case hex.
    [[nodiscard]] QString sha256() const { return sha256Hex(pinnedText()); }

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
