// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/system/inventory.h"

#include <QDir>
#include <QSet>

#include <algorithm>

namespace rc {
namespace {

QJsonObject toJson(const ProbeSpec& probe)
{
    return {
        {"name", probe.name},
        {"kind", QString(idOf(probe.kind))},
        {"settings", probe.settings},
        {"interval_ms", qint64(probe.interval.count())},
        {"timeout_ms", qint64(probe.timeout.count())},
        {"failures", probe.failuresToUnhealthy},
        {"successes", probe.successesToHealthy},
    };
}

ProbeSpec probeFromJson(const QJsonObject& object)
{
    ProbeSpec probe;
    probe.kind = enumFromJson(object["kind"], ProbeKind::Http);
    probe.name = object["name"].toString(idOf(probe.kind));
    probe.settings = object["settings"].toObject();
    probe.interval = Milliseconds(object["interval_ms"].toInteger(10'000));
    probe.timeout = Milliseconds(object["timeout_ms"].toInteger(3'000));
    probe.failuresToUnhealthy = object["failures"].toInt(1);
    probe.successesToHealthy = object["successes"].toInt(1);
    return probe;
}

QJsonObject toJson(const System& system)
{
    QJsonObject object{
        {"id", system.id.text()},
        {"name", system.name},
        {"type", system.type},
        {"critical", system.critical},
        {"depends_on", toJson(system.dependsOn)},
    };
    if (system.manager) {
        object["manager"] =
            QJsonObject{{"kind", QString(idOf(system.manager->kind))}, {"settings", system.manager->settings}};
    }
    if (system.chain) {
        object["chain"] = QJsonObject{
            {"kind", QString(idOf(system.chain->kind))},
            {"endpoint", system.chain->endpoint},
            {"weight", system.chain->weight},
            {"admin_secret", system.chain->adminSecret},
        };
    }
    if (system.configuration) {
        object["configuration"] = QJsonObject{
            {"directory", system.configuration->directory},
            {"files", QJsonArray::fromStringList(system.configuration->files)},
        };
    }
    QJsonArray probes;
    for (const auto& probe : system.health) {
        probes.append(toJson(probe));
    }
    object["health"] = probes;
    return object;
}

System systemFromJson(const QJsonObject& object)
{
    System system;
    system.id = SystemId(object["id"].toString());
    system.name = object["name"].toString(system.id.text());
    system.type = object["type"].toString();
    system.critical = object["critical"].toBool(true);
    system.dependsOn = idsFromJson<SystemId>(object["depends_on"]);
    if (object["manager"].isObject()) {
        const auto manager = object["manager"].toObject();
        system.manager =
            ManagerSpec{enumFromJson(manager["kind"], ManagerKind::Process), manager["settings"].toObject()};
    }
    if (object["chain"].isObject()) {
        const auto chain = object["chain"].toObject();
        system.chain = ChainSpec{enumFromJson(chain["kind"], ChainKind::Prozchain), chain["endpoint"].toString(),
                                 chain["weight"].toInt(1), chain["admin_secret"].toString()};
    }
    if (object["configuration"].isObject()) {
        const auto configuration = object["configuration"].toObject();
        ConfigurationSpec spec{configuration["directory"].toString(), {}};
        for (const auto& file : configuration["files"].toArray()) {
            spec.files.append(file.toString());
        }
        system.configuration = spec;
    }
    for (const auto& probe : object["health"].toArray()) {
        system.health.append(probeFromJson(probe.toObject()));
    }
    return system;
}

bool staysInside(const QString& path)
{
    const QString clean = QDir::cleanPath(path);
    return !clean.isEmpty() && QDir::isRelativePath(clean) && clean != "." && clean != ".." && !clean.startsWith("../");
}

void addSystemProblems(const Inventory& inventory, qsizetype index, const QSet<SystemId>& known,
                       QList<Problem>& problems)
{
    const auto& system = inventory.systems[index];
    const QString pointer = QString("/systems/%1").arg(index);
    for (qsizetype k = 0; k < system.dependsOn.size(); ++k) {
        if (!known.contains(system.dependsOn[k])) {
            problems.append(
                {QString("%1/depends_on/%2").arg(pointer).arg(k),
                 QString("there is no system '%1', expected the id of a system").arg(system.dependsOn[k].text())});
        }
    }
    QSet<QString> probeNames;
    for (qsizetype k = 0; k < system.health.size(); ++k) {
        const QString& name = system.health[k].name;
        if (probeNames.contains(name)) {
            problems.append(
                {QString("%1/health/%2/name").arg(pointer).arg(k),
                 QString("the check name '%1' is used twice in this system, expected unique names").arg(name)});
        }
        probeNames.insert(name);
    }
    if (system.configuration) {
        for (qsizetype k = 0; k < system.configuration->files.size(); ++k) {
            if (!staysInside(system.configuration->files[k])) {
                problems.append({QString("%1/configuration/files/%2").arg(pointer).arg(k),
                                 QString("'%1' leaves the configuration directory, expected a path below it")
                                     .arg(system.configuration->files[k])});
            }
        }
    }
}

} // namespace

const System* Inventory::find(const SystemId& id) const
{
    const auto index = indexOf(id);
    return index < 0 ? nullptr : &systems[index];
}

qsizetype Inventory::indexOf(const SystemId& id) const
{
    const auto found = std::ranges::find(systems, id, &System::id);
    return found == systems.end() ? -1 : found - systems.begin();
}

Status Inventory::knows(const QList<SystemId>& ids) const
{
    for (const auto& id : ids) {
        if (!find(id)) {
            QStringList known;
            for (const auto& system : systems) {
                known.append(system.id.text());
            }
            return fail(ErrorCode::InvalidInput,
                        QString("The inventory has no system '%1'; it has: %2.").arg(id.text(), known.join(", ")));
        }
    }
    return {};
}

DependencyGraph Inventory::dependencies() const
{
    QHash<SystemId, int> index;
    for (qsizetype i = 0; i < systems.size(); ++i) {
        index.insert(systems[i].id, int(i));
    }
    std::vector<DependencyGraph::Edge> edges;
    for (qsizetype i = 0; i < systems.size(); ++i) {
        for (const auto& dependency : systems[i].dependsOn) {
            if (const auto found = index.constFind(dependency); found != index.cend()) {
                edges.push_back({int(i), *found});
            }
        }
    }
    return {int(systems.size()), edges};
}

QJsonObject toJson(const Inventory& inventory)
{
    QJsonArray systems;
    for (const auto& system : inventory.systems) {
        systems.append(toJson(system));
    }
    return {
        {"network", QJsonObject{{"name", inventory.network.name},
                                {"chain_id", inventory.network.chainId},
                                {"kind", QString(idOf(inventory.network.kind))}}},
        {"systems", systems},
    };
}

Inventory inventoryFromJson(const QJsonObject& object)
{
    Inventory inventory;
    const auto network = object["network"].toObject();
    inventory.network = {network["name"].toString(), network["chain_id"].toString(),
                         enumFromJson(network["kind"], NetworkKind::Live)};
    for (const auto& system : object["systems"].toArray()) {
        inventory.systems.append(systemFromJson(system.toObject()));
    }
    return inventory;
}

QList<Problem> problemsOf(const Inventory& inventory)
{
    QList<Problem> problems;
    QSet<SystemId> known;
    for (const auto& system : inventory.systems) {
        known.insert(system.id);
    }
    QSet<SystemId> seen;
    for (qsizetype i = 0; i < inventory.systems.size(); ++i) {
        const auto& id = inventory.systems[i].id;
        if (seen.contains(id)) {
            problems.append({QString("/systems/%1/id").arg(i),
                             QString("the id '%1' is used twice, expected unique ids").arg(id.text())});
        }
        seen.insert(id);
        addSystemProblems(inventory, i, known, problems);
    }
    if (const auto cycle = inventory.dependencies().shortestCycle(); !cycle.empty()) {
        QStringList names;
        for (const int node : cycle) {
            names.append(inventory.systems[node].id.text());
        }
        names.append(names.first());
        problems.append({QString("/systems/%1/depends_on").arg(cycle.front()),
                         QString("the systems depend on each other (%1), expected no cycle").arg(names.join(" → "))});
    }
    return problems;
}

} // namespace rc
