// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/enums.h"

#include <QString>

namespace rc {

/// Whether an effect whose outcome was never recorded took place (product rule 2).
enum class EffectState {
    Applied,
    NotApplied,
    CannotTell,
};
template <>
inline constexpr auto enumIds<EffectState> = std::to_array<QLatin1StringView>({
    QLatin1StringView("applied"),
    QLatin1StringView("not_applied"),
    QLatin1StringView("cannot_tell"),
});

/// What a read-only look found.
struct EffectProbe
{
    EffectState state = EffectState::CannotTell;
    /// A sentence.
    QString detail;

    friend bool operator==(const EffectProbe&, const EffectProbe&) = default;
};

} // namespace rc
