// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/projection.h"

namespace rc {

/// Configuration versions and trust marks for queries. For JournalOptions::projections.
class ConfigurationProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "configurations"; }
    [[nodiscard]] QStringList tables() const override;
    [[nodiscard]] Status createTables(Sql& sql) override;
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override;
};

} // namespace rc
