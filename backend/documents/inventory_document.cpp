// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/inventory_document.h"

#include "backend/documents/durations.h"
#include "backend/documents/schema.h"
#include "backend/documents/yaml_document.h"

#include <QDir>
#include <QFileInfo>

namespace rc {
namespace {

/// From the file's form to the model's: durations become `*_ms`, flat settings go below `settings`, secrets become
/// plain references, relative paths absolute.
class Normaliser
{
public:
    explicit Normaliser(const QDir& folder)
        : m_folder(folder)
    {
    }

    [[nodiscard]] QJsonObject inventory(QJsonObject object) const
    {
        QJsonArray systems;
        for (const auto& entry : object["systems"].toArray()) {
            systems.append(system(entry.toObject()));
        }
        object["systems"] = systems;
        return object;
    }

private:
    [[nodiscard]] QJsonObject system(QJsonObject object) const
    {
        if (object["manager"].isObject()) {
            object["manager"] = manager(object["manager"].toObject());
        }
        if (object["chain"].isObject()) {
            auto chain = object["chain"].toObject();
            chain["admin_secret"] = secret(chain["admin_secret"]);
            object["chain"] = chain;
        }
        if (object["configuration"].isObject()) {
            auto configuration = object["configuration"].toObject();
            configuration["directory"] = absolute(configuration["directory"].toString());
            object["configuration"] = configuration;
        }
        QJsonArray probes;
        for (const auto& entry : object["health"].toArray()) {
            probes.append(probe(entry.toObject()));
        }
        object["health"] = probes;
        return object;
    }

    [[nodiscard]] QJsonObject manager(QJsonObject settings) const
    {
        const auto kind = settings.take("kind");
        for (const auto field : {"directory", "log"}) {
            if (settings.contains(QLatin1StringView(field))) {
                settings[QLatin1StringView(field)] = absolute(settings[QLatin1StringView(field)].toString());
            }
        }
        if (kind == QJsonValue("process") && settings["program"].toString().contains('/')) {
            settings["program"] = absolute(settings["program"].toString());
        }
        normaliseDurations(settings, {"grace"});
        return {{"kind", kind}, {"settings", settings}};
    }

    [[nodiscard]] static QJsonObject probe(QJsonObject settings)
    {
        normaliseDurations(settings, {"interval", "timeout"});
        QJsonObject object;
        for (const auto field : {"kind", "name", "interval_ms", "timeout_ms", "failures", "successes"}) {
            const auto value = settings.take(QLatin1StringView(field));
            if (!value.isUndefined()) {
                object.insert(QLatin1StringView(field), value);
            }
        }
        object["settings"] = settings;
        return object;
    }

    [[nodiscard]] QString secret(const QJsonValue& value) const
    {
        const QString reference = value.isObject() ? value["secret"].toString() : value.toString();
        const QString file = "file:";
        return reference.startsWith(file) ? file + absolute(reference.mid(file.size())) : reference;
    }

    [[nodiscard]] QString absolute(const QString& path) const
    {
        return path.isEmpty() ? path : QDir::cleanPath(m_folder.absoluteFilePath(path));
    }

    QDir m_folder;
};

} // namespace

QByteArray InventoryDocument::pinnedText() const
{
    return "# The file's SHA-256: " + sha256Hex(source).toLatin1() + "\n" + writeInventory(inventory);
}

Result<InventoryDocument> readInventory(const QString& path)
{
    const auto bytes = readDocumentBytes(path);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    return readInventory(*bytes, path);
}

Result<InventoryDocument> readInventory(const QByteArray& bytes, const QString& file)
{
    const auto yaml = readYaml(bytes, file);
    if (!yaml) {
        return std::unexpected(yaml.error());
    }
    const Normaliser normaliser(QFileInfo(file).absoluteDir());
    const auto inventory = inventoryFromJson(normaliser.inventory(yaml->root.toObject()));
    const auto problems = withFurtherProblems(schemaProblems("inventory", yaml->root), problemsOf(inventory));
    if (!problems.isEmpty()) {
        return std::unexpected(yaml->error(problems));
    }
    return InventoryDocument{inventory, bytes, file};
}

} // namespace rc
