// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"
#include "ui/report/words.h"

#include <QRegularExpression>

namespace rc::report {
namespace {

/// What a reader looks for first; the rest follows by name.
const QStringList& firstKeys()
{
    static const QStringList keys{"system",  "system_id", "service_id", "success",     "outcome",
                                  "message", "details",   "because",    "from_height", "to_height",
                                  "height",  "blocks",    "version",    "id",          "hash"};
    return keys;
}

bool looksLikeHash(const QString& text)
{
    static const QRegularExpression hex("^(0x)?[0-9a-f]{32,}$");
    return hex.match(text).hasMatch();
}

QString plain(const QJsonValue& value)
{
    if (value.isBool()) {
        return (value.toBool() ? QString("yes") : QString("no"));
    }
    if (value.isDouble()) {
        const double number = value.toDouble();
        const auto integer = value.toInteger();
        return number == double(integer) ? QString::number(integer) : QString::number(number);
    }
    if (value.isArray()) {
        QStringList entries;
        for (const auto& entry : value.toArray()) {
            entries.append(plain(entry));
        }
        return orDash(entries.join(", "));
    }
    if (value.isObject()) {
        QStringList entries;
        const auto object = value.toObject();
        for (const auto& key : object.keys()) {
            entries.append(QString("%1: %2").arg(key, plain(object[key])));
        }
        return orDash(entries.join(", "));
    }
    return orDash(value.toString());
}

QStringList orderedKeys(const QJsonObject& object)
{
    QStringList keys;
    for (const auto& key : firstKeys()) {
        if (object.contains(key)) {
            keys.append(key);
        }
    }
    for (const auto& key : object.keys()) {
        if (!keys.contains(key) && key != "kind") {
            keys.append(key);
        }
    }
    return keys;
}

void addFields(Composer& composer, const QJsonObject& object)
{
    for (const auto& key : orderedKeys(object)) {
        const auto text = plain(object[key]);
        composer.field(words(key), {{text, looksLikeHash(text) ? style::Hash : style::Cell, Mark::None}}, 12);
    }
}

void addArtifact(Composer& composer, const QJsonObject& artifact)
{
    const auto success = artifact["success"];
    const Mark mark = !success.isBool() ? Mark::None : success.toBool() ? Mark::Passed : Mark::Failed;
    const auto system = artifact["system"].toString(artifact["system_id"].toString());
    auto title = words(artifact["kind"].toString("artifact"));
    if (!system.isEmpty()) {
        title += " on " + system;
    }
    composer.add(std::make_unique<Row>(QList<Cell>{{column(0, 503), {{title, style::CellStrong, mark}}}}, Row::Look{},
                                       Block::Cohesion{.spaceBefore = 3 * Pt, .withNext = true}));
    addFields(composer, artifact);
}

} // namespace

void addResults(Composer& composer, const PlanFacts& facts)
{
    const auto& steps = facts.plan().steps;
    bool headed = false;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const auto& result = steps[i].result;
        if (!result || (result->fields.isEmpty() && result->artifacts.isEmpty())) {
            continue;
        }
        if (!headed) {
            composer.heading("What the steps left behind");
            headed = true;
        }
        composer.subheading(QString("%1  %2").arg(i + 1).arg(steps[i].name));
        addFields(composer, result->fields);
        for (const auto& artifact : result->artifacts) {
            addArtifact(composer, artifact.toObject());
        }
    }
}

} // namespace rc::report
