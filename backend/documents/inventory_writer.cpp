// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/durations.h"
#include "backend/documents/inventory_document.h"
#include "backend/documents/yaml_scalar.h"

#include <yaml-cpp/emitter.h>

namespace rc {
namespace {

void write(YAML::Emitter& out, const QString& text)
{
    // What would be read back as something else than text, if it stood there without quotes.
    const auto plain = plainScalar(text);
    if (!plain || !plain->isString()) {
        out << YAML::DoubleQuoted;
    }
    out << text.toStdString();
}

void write(YAML::Emitter& out, const QJsonValue& value)
{
    if (value.isString()) {
        write(out, value.toString());
    } else if (value.isBool()) {
        out << value.toBool();
    } else if (value.isDouble()) {
        out << value.toVariant().toString().toStdString();
    } else if (value.isArray()) {
        out << YAML::BeginSeq;
        for (const auto& entry : value.toArray()) {
            write(out, entry);
        }
        out << YAML::EndSeq;
    } else if (value.isObject()) {
        out << YAML::BeginMap;
        const auto object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            write(out, it.key());
            write(out, it.value());
        }
        out << YAML::EndMap;
    } else {
        out << YAML::Null;
    }
}

void field(YAML::Emitter& out, const QString& name, const QJsonValue& value)
{
    write(out, name);
    write(out, value);
}

void fields(YAML::Emitter& out, const QJsonObject& object)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        field(out, it.key(), it.value());
    }
}

void write(YAML::Emitter& out, const ProbeSpec& probe)
{
    out << YAML::BeginMap;
    field(out, "kind", QString(idOf(probe.kind)));
    field(out, "name", probe.name);
    fields(out, probe.settings);
    field(out, "interval", durationText(probe.interval));
    field(out, "timeout", durationText(probe.timeout));
    field(out, "failures", probe.failuresToUnhealthy);
    field(out, "successes", probe.successesToHealthy);
    out << YAML::EndMap;
}

void write(YAML::Emitter& out, const ManagerSpec& manager)
{
    out << YAML::BeginMap;
    field(out, "kind", QString(idOf(manager.kind)));
    QJsonObject settings = manager.settings;
    if (const auto grace = settings.take("grace_ms"); grace.isDouble()) {
        settings["grace"] = durationText(Milliseconds(grace.toInteger()));
    }
    fields(out, settings);
    out << YAML::EndMap;
}

void write(YAML::Emitter& out, const ChainSpec& chain)
{
    QJsonObject object{{"kind", QString(idOf(chain.kind))}, {"endpoint", chain.endpoint}, {"weight", chain.weight}};
    if (!chain.adminSecret.isEmpty()) {
        object["admin_secret"] = QJsonObject{{"secret", chain.adminSecret}};
    }
    write(out, object);
}

void write(YAML::Emitter& out, const System& system)
{
    out << YAML::BeginMap;
    field(out, "id", system.id.text());
    field(out, "name", system.name);
    field(out, "type", system.type);
    field(out, "critical", system.critical);
    field(out, "depends_on", toJson(system.dependsOn));
    if (system.manager) {
        out << "manager";
        write(out, *system.manager);
    }
    if (system.chain) {
        out << "chain";
        write(out, *system.chain);
    }
    if (system.configuration) {
        field(out, "configuration",
              QJsonObject{{"directory", system.configuration->directory},
                          {"files", QJsonArray::fromStringList(system.configuration->files)}});
    }
    out << "health" << YAML::BeginSeq;
    for (const auto& probe : system.health) {
        write(out, probe);
    }
    out << YAML::EndSeq << YAML::EndMap;
}

} // namespace

QByteArray writeInventory(const Inventory& inventory)
{
    YAML::Emitter out;
    out << YAML::BeginMap << "network" << YAML::BeginMap;
    field(out, "name", inventory.network.name);
    field(out, "chain_id", inventory.network.chainId);
    field(out, "kind", QString(idOf(inventory.network.kind)));
    out << YAML::EndMap << "systems" << YAML::BeginSeq;
    for (const auto& system : inventory.systems) {
        write(out, system);
    }
    out << YAML::EndSeq << YAML::EndMap;
    return QByteArray(out.c_str(), qsizetype(out.size())) + '\n';
}

} // namespace rc
