// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/durations.h"

namespace rc {

/// What is odd about how long a step takes.
enum class Pace {
    TooSlow,
    SuspiciouslyFast,
};

template <>
inline constexpr auto enumIds<Pace> =
    std::to_array<QLatin1StringView>({QLatin1StringView("too_slow"), QLatin1StringView("suspiciously_fast")});

struct PaceFlag
{
    Pace pace = Pace::TooSlow;
    /// "took 200 ms where 40 s were usual (12 runs): look whether it did anything"
    QString sentence;

    friend bool operator==(const PaceFlag&, const PaceFlag&) = default;
};

/// What is not odd, both ends included.
struct PaceBounds
{
    Milliseconds fastest{0};
    Milliseconds slowest{0};

    friend bool operator==(const PaceBounds&, const PaceBounds&) = default;
};

/// From the spread of history, where there is enough: Tukey's fences on the scale of ratios (1.5 times the spread
/// between the quartiles), never nearer to the median than a quarter and twice of it. Otherwise a twentieth and three
/// times the procedure's guess. Nothing where less than a second is expected, or nothing is.
[[nodiscard]] std::optional<PaceBounds> paceBoundsOf(const StepEstimate& estimate);

/// Too slow: it runs or has succeeded, and took longer than the bound. Suspiciously fast: it succeeded below the bound;
/// not said of a manual step, which people may tick when the work is done (decision 0004), nor of a check, which is
/// over at once when all is well, nor on a practice network before its own history says what is usual. Nothing is said
/// of failures and of interrupted steps, whose times tell nothing.
[[nodiscard]] std::optional<PaceFlag> paceFlagOf(const Plan& plan, qsizetype index, const StepEstimate& estimate,
                                                 Timestamp now);

} // namespace rc
