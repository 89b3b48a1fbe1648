// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/dependency_graph.h"
#include "model/procedure/procedure.h"

namespace rc {

/// How a probe looks at a system.
enum class ProbeKind {
    Http,
    Tcp,
    JsonRpc,
    Command,
    Prometheus,
};

template <>
inline constexpr auto enumIds<ProbeKind> = std::to_array<QLatin1StringView>(
    {QLatin1StringView("http"), QLatin1StringView("tcp"), QLatin1StringView("json_rpc"), QLatin1StringView("command"),
     QLatin1StringView("prometheus")});

/// One health check of a system, as the inventory declares it.
struct ProbeSpec
{
    QString name;
    ProbeKind kind = ProbeKind::Http;
    /// http: `url`, `expect_status`; tcp: `host`, `port`; others by kind.
    QJsonObject settings;
    Milliseconds interval{10'000};
    Milliseconds timeout{3'000};
    /// So many failures in a row make it unhealthy, so many successes healthy again.
    int failuresToUnhealthy = 1;
    int successesToHealthy = 1;

    friend bool operator==(const ProbeSpec&, const ProbeSpec&) = default;
};

/// How a system is started and stopped. Settings by kind; process: `program`, `arguments`, `environment`, `directory`,
/// `log`.
struct ManagerSpec
{
    ManagerKind kind = ManagerKind::Process;
    QJsonObject settings;

    friend bool operator==(const ManagerSpec&, const ManagerSpec&) = default;
};

/// How the chain of a node is asked.
struct ChainSpec
{
    ChainKind kind = ChainKind::Prozchain;
    QString endpoint;
    /// Voting weight in the agreement of nodes.
    int weight = 1;
    /// Where the secret for administrative calls lies: `file:PATH`, `env:NAME` or `keychain:NAME`; empty if none is
    /// needed.
    QString adminSecret;

    friend bool operator==(const ChainSpec&, const ChainSpec&) = default;
};

/// The configuration files of a system: paths relative to one directory.
struct ConfigurationSpec
{
    QString directory;
    QStringList files;

    friend bool operator==(const ConfigurationSpec&, const ConfigurationSpec&) = default;
};

/// Anything restorable or restartable: a node or a service.
struct System
{
    SystemId id;
    QString name;
    /// One of SystemType, or a word of the inventory's own (then only `command` handles it).
    QString type;
    std::optional<ManagerSpec> manager;
    std::optional<ChainSpec> chain;
    std::optional<ConfigurationSpec> configuration;
    QList<ProbeSpec> health;
    QList<SystemId> dependsOn;
    bool critical = true;

    [[nodiscard]] std::optional<SystemType> knownType() const { return fromId<SystemType>(type); }
    friend bool operator==(const System&, const System&) = default;
};

/// The network an inventory describes. Its kind sets the band and marks every page (product rule 15).
struct Network
{
    QString name;
    QString chainId;
    NetworkKind kind = NetworkKind::Live;

    friend bool operator==(const Network&, const Network&) = default;
};

/// The systems of a network and what each depends on.
struct Inventory
{
    Network network;
    QList<System> systems;

    [[nodiscard]] const System* find(const SystemId& id) const;
    [[nodiscard]] qsizetype indexOf(const SystemId& id) const;
    /// InvalidInput for the first of them that it does not have, with the names of those that it has.
    [[nodiscard]] Status knows(const QList<SystemId>& ids) const;
    /// Nodes in the order of `systems`, an edge per `depends_on`.
    [[nodiscard]] DependencyGraph dependencies() const;
    friend bool operator==(const Inventory&, const Inventory&) = default;
};

[[nodiscard]] QJsonObject toJson(const Inventory& inventory);
[[nodiscard]] Inventory inventoryFromJson(const QJsonObject& object);
/// What a schema cannot say: unique ids, `depends_on` names real systems, no cycle, a file path stays in its directory.
[[nodiscard]] QList<Problem> problemsOf(const Inventory& inventory);

} // namespace rc
