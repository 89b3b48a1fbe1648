// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"
#include "ui/report/values.h"
#include "ui/words/json_words.h"
#include "ui/words/words.h"

namespace rc::ui::report {
namespace {

constexpr Composer::FieldPlace Place{.label = 12, .value = 112};

/// What a reader looks for first; the rest follows by name.
const QStringList& firstKeys()
{
    static const QStringList keys{"outcome", "message", "details", "because", "from_height", "to_height",
                                  "height",  "blocks",  "version", "id",      "hash"};
    return keys;
}

/// What the line above the fields says already.
const QStringList& titleKeys()
{
    static const QStringList keys{"kind", "success", "system", "system_id", "service_id", "timestamp"};
    return keys;
}

/// Says nothing, so that it needs no line.
bool isEmpty(const QJsonValue& value)
{
    return value.isUndefined() || value.isNull() || value == QJsonValue(QString()) || value == QJsonValue(QJsonArray());
}

/// What the artifacts below tell one by one is not told twice.
QStringList resultKeys(const ResultEntry& result)
{
    auto keys = result.fields.keys();
    if (!result.artifacts.isEmpty()) {
        keys.removeIf([](const QString& key) { return keysToldByArtifacts().contains(key); });
    }
    return keys;
}

QStringList fieldKeys(const QJsonObject& object)
{
    QStringList keys;
    for (const auto& key : firstKeys() + object.keys()) {
        if (!isEmpty(object[key]) && !keys.contains(key) && !titleKeys().contains(key)) {
            keys.append(key);
        }
    }
    return keys;
}

void addFields(Composer& composer, const QJsonObject& object, const QStringList& keys)
{
    for (const auto& key : keys) {
        composer.field(labelOf(key), valueRuns(key, object[key]), Place);
    }
}

void addArtifact(Composer& composer, const QJsonObject& artifact)
{
    const auto success = artifact["success"];
    const Mark mark = !success.isBool() ? Mark::Open : success.toBool() ? Mark::Passed : Mark::Failed;
    auto title = words(artifact["kind"].toString("artifact"));
    for (const auto& key : {"system", "system_id", "service_id"}) {
        const auto system = artifact[QLatin1StringView(key)].toString();
        title += system.isEmpty() ? QString() : " · " + system;
    }
    const auto when = timeFromJson(artifact["timestamp"]);
    composer.add(std::make_unique<Row>(
        QList<Cell>{{column(0, 380), {{title, style::CellStrong, mark}}},
                    {column(395, 503), {{when ? utc(*when) : QString(), style::CellQuiet, Mark::None}}}},
        Row::Look{}, Block::Cohesion{.spaceBefore = 4 * Pt, .withNext = true}));
    addFields(composer, artifact, fieldKeys(artifact));
}

void addResult(Composer& composer, const QString& title, const ResultEntry& result)
{
    composer.subheading(title);
    addFields(composer, result.fields, resultKeys(result));
    for (const auto& artifact : result.artifacts) {
        addArtifact(composer, artifact.toObject());
    }
}

/// Of each attempt, as far as the plan kept them.
QList<std::pair<QString, ResultEntry>> resultsOf(const PlanEntry& plan, qsizetype index)
{
    const auto& step = plan.steps[index];
    const auto name = QString("%1  %2").arg(QString::number(index + 1), step.name);
    QList<std::pair<QString, ResultEntry>> results;
    for (const auto& completion : plan.completions) {
        if (completion.step == step.id) {
            const auto attempt = step.attempts > 1 ? QString(", attempt %1").arg(completion.attempt) : QString();
            results.append({name + attempt, completion.result});
        }
    }
    if (results.isEmpty() && step.result) {
        results.append({name, *step.result});
    }
    results.removeIf(
        [](const auto& entry) { return entry.second.fields.isEmpty() && entry.second.artifacts.isEmpty(); });
    return results;
}

} // namespace

void addResults(Composer& composer, const PlanFacts& facts)
{
    bool headed = false;
    for (qsizetype i = 0; i < facts.plan().steps.size(); ++i) {
        for (const auto& [title, result] : resultsOf(facts.plan(), i)) {
            if (!headed) {
                composer.heading("Restoration and chain results");
                headed = true;
            }
            addResult(composer, title, result);
        }
    }
}

} // namespace rc::ui::report
