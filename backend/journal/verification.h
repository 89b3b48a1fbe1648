// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/record.h"

#include <optional>

namespace rc {

/// Where a verification begins.
enum class VerifyFrom {
    Checkpoint, ///< what is new since the last verification
    Start,
};

/// What a verification found (cli.md, `journal verify`).
struct Verification
{
    bool ok = true;
    qint64 records = 0;             ///< rows looked at
    std::optional<qint64> firstBad; ///< the first row that is wrong or missing; none if no row can be named
    QString reason;                 ///< a sentence; empty when all is well
    Head head;                      ///< the last good row
    Milliseconds duration{0};

    [[nodiscard]] double recordsPerSecond() const;
    [[nodiscard]] QJsonObject toJson() const;
};

} // namespace rc
