// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/restoration/restoration_tools.h"

namespace rc {

/// What a run puts in place while the system is stopped.
struct RestorationChange
{
    /// The pre-image. Made before the system is stopped (product rule 8), or long before.
    std::function<Result<Backup>()> backUp;
    /// Puts the files in place. The answer is an artifact, or nothing to keep.
    std::function<Result<QJsonObject>()> apply;
    /// Whether the files on disk are as they should be.
    std::function<RestorationCheck()> check;
    /// The sentence of a success.
    QString done;
    /// "validator-3 could not be restored to configuration version 7"
    QString notDone;
};

/// Back up, stop, apply, start, verify; and when any of it fails, the pre-image back and started again, so that the
/// system ends running the new or the old, and if neither is possible the result says so. Nothing has been touched when
/// the answer is an Error, except for Cancelled (see RestorationHandler).
[[nodiscard]] QCoro::Task<Result<RestorationResult>>
runRestoration(RestorationTools tools, System system, RestorationChange change, RestorationContext context);

} // namespace rc
