// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/restoration/restoration_tools.h"

namespace rc {

/// Restores what a service manager keeps: by configuration version, stop, back up, apply, start, verify.
class ManagedRestorationHandler : public RestorationHandler
{
public:
    /// `noun` begins the sentence of a success.
    ManagedRestorationHandler(RestorationTools tools, QString noun);

    [[nodiscard]] QCoro::Task<Result<RestorationResult>> restoreSystem(SystemId system, TargetState target,
                                                                       RestorationContext context) override;
    [[nodiscard]] QCoro::Task<Status> canRestore(SystemId system, TargetState target) override;
    /// A second to stop, six to start and become healthy, and 20 ms for each file of the version; the services of the
    /// practice network take about that long.
    [[nodiscard]] QCoro::Task<Result<Milliseconds>> estimateRestorationTime(SystemId system,
                                                                            TargetState target) override;

private:
    [[nodiscard]] Result<ConfigurationVersion> versionFor(const SystemId& system, const TargetState& target) const;

    RestorationTools m_tools;
    QString m_noun;
};

/// Nodes of a chain (the seed's NodeRestorationHandler).
class NodeRestorationHandler final : public ManagedRestorationHandler
{
public:
    explicit NodeRestorationHandler(const RestorationTools& tools)
        : ManagedRestorationHandler(tools, "Node")
    {
    }
    [[nodiscard]] QString name() const override { return "node"; }
    [[nodiscard]] QList<SystemType> supportedSystems() const override { return {SystemType::Node}; }
};

/// All other types of enums.md.
class ServiceRestorationHandler final : public ManagedRestorationHandler
{
public:
    explicit ServiceRestorationHandler(const RestorationTools& tools)
        : ManagedRestorationHandler(tools, "Service")
    {
    }
    [[nodiscard]] QString name() const override { return "service"; }
    [[nodiscard]] QList<SystemType> supportedSystems() const override
    {
        return {SystemType::Database, SystemType::Gateway, SystemType::Indexer, SystemType::Explorer,
                SystemType::Bridge,   SystemType::Proxy,   SystemType::Service};
    }
};

} // namespace rc
