// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

#include <optional>

namespace rc {

/// What a row of the journal says of the clock that wrote it (docs/journal-format.md).
struct ClockFlag
{
    /// The row's.
    qint64 sequence = 0;
    Timestamp at;
    /// By how much the clock was set since the row before: forward, or, negative, back.
    Milliseconds jump{0};
    /// By how much it stood before the time of that row.
    Milliseconds skew{0};

    /// Nothing, if the row says nothing of it.
    [[nodiscard]] static std::optional<ClockFlag> of(qint64 sequence, Timestamp at, const QJsonObject& body);
    /// "The clock of this machine was set forward by 365 d just before."
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QJsonObject toJson() const;
};

/// The members of a row's body that say it. They are the journal's own, beside what happened.
inline constexpr QLatin1StringView ClockJump{"clock_jump_ms"};
inline constexpr QLatin1StringView ClockSkew{"clock_skew_ms"};

} // namespace rc
