// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/projection.h"
#include "model/system/configuration.h"

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

/// Configuration versions and trust marks for queries. For JournalOptions::projections.
class ConfigurationProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "configurations"; }
    [[nodiscard]] QStringList tables() const override { return {"configurations", "configuration_marks"}; }
    [[nodiscard]] Status createTables(Sql& sql) override;
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override;

    /// Oldest first.
    [[nodiscard]] static Result<QList<ConfigurationVersion>> versions(Sql& sql, const SystemId& system);
    [[nodiscard]] static Result<QList<TrustMark>> marks(Sql& sql, const SystemId& system);
};

} // namespace rc
