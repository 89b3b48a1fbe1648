// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/sql.h"
#include "backend/platform/uptime.h"
#include "model/base/clock_flag.h"

#include <optional>

/// How a clock that was set is found: the wall clock beside the time that the machine has run, which nobody can set.
namespace rc {

/// Both clocks at one append. The last one is kept in the table `clock_mark`, outside of the chained rows.
struct ClockMark
{
    Uptime uptime;
    Timestamp time;
};

/// A clock may drift, or be corrected, by so much between two appends without a word.
inline constexpr Milliseconds ClockTolerance = std::chrono::minutes(1);

/// By how much the wall clock has gone on more than the machine ran; negative if less. Nothing within the tolerance,
/// or where the two marks are not of one known start of the machine.
[[nodiscard]] Milliseconds clockJump(const ClockMark& before, const ClockMark& now);

/// Nothing in a store that nobody has written to since it has marks.
[[nodiscard]] Result<std::optional<ClockMark>> readClockMark(Sql& sql);
[[nodiscard]] Status writeClockMark(Sql& sql, const ClockMark& mark);

/// What the rows from one sequence to another say of the clocks that wrote them, in order; from the projection of
/// own_projections.h.
[[nodiscard]] Result<QList<ClockFlag>> readClockFlags(Sql& sql, qint64 from, qint64 to);

} // namespace rc
