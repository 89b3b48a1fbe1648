// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/record.h"
#include "model/system/configuration.h"

#include <QLatin1StringView>

namespace rc {

/// What happens to the configurations of a system, on its stream.
namespace kind {
inline constexpr QLatin1StringView ConfigurationImported("configuration_imported");
inline constexpr QLatin1StringView ConfigurationTrusted("configuration_trusted");
inline constexpr QLatin1StringView ConfigurationTrustRevoked("configuration_trust_revoked");
} // namespace kind
namespace stream {
[[nodiscard]] inline QString configuration(const SystemId& system)
{
    return "configuration:" + system.text();
}
} // namespace stream

/// All that the rows of a system's stream come to.
struct ConfigurationHistory
{
    /// Oldest first. A row whose hash is not that of the files it names makes no version.
    QList<ConfigurationVersion> versions;
    /// In the order they were made, as their statements say.
    QList<TrustMark> marks;
};
[[nodiscard]] ConfigurationHistory configurationHistory(const QList<Record>& rows);

} // namespace rc
