// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/projection.h"

namespace rc {

/// `incidents(id, number, status, body)` and `proposals(fingerprint, state, body)`.
class IncidentProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "incidents"; }
    [[nodiscard]] QStringList tables() const override { return {"incidents", "proposals"}; }
    [[nodiscard]] Status createTables(Sql& sql) override;
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override;
};

/// `plans(id, number, incident, procedure, status, started_at, started_by)`: enough to find plans, and to list the
/// ended ones. What exactly an open plan waits for is folded from its stream.
class PlanProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "plans"; }
    [[nodiscard]] QStringList tables() const override { return {"plans"}; }
    [[nodiscard]] Status createTables(Sql& sql) override;
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override;
};

/// `plan_times(plan, procedure, rehearsal, ended_at, body)`: how long the steps of ended plans took, so that no
/// estimate has to read their events again.
class TimesProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "times"; }
    [[nodiscard]] QStringList tables() const override { return {"plan_times"}; }
    [[nodiscard]] Status createTables(Sql& sql) override;
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override;
};

/// `claims(system, holder, body)`: the systems that somebody's action holds now (product rule 4).
class ClaimProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "claims"; }
    [[nodiscard]] QStringList tables() const override { return {"claims"}; }
    [[nodiscard]] Status createTables(Sql& sql) override;
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override;
};

/// All of them, for JournalOptions::projections.
[[nodiscard]] QList<std::shared_ptr<Projection>> recoveryProjections();

} // namespace rc
