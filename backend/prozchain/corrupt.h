// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QByteArray>

namespace rc::prozchain {

/// A value changed behind a node's back.
struct Corruption
{
    QByteArray key;
    /// The block that wrote it: a rollback below heals, one to it or above does not.
    qint64 height = 0;
    qint64 head = 0;
    QByteArray before;
    QByteArray after;
};

/// The lab's fault `corrupt-state`: alters, in the store file of a node that may be running, a value that is its key's
/// newest and was written within the last `blocksBack` blocks, preferably three or more blocks ago. NotFound if no such
/// value exists yet.
[[nodiscard]] Result<Corruption> corruptRecentValue(const QString& dataDirectory, qint64 blocksBack = 10);

} // namespace rc::prozchain
