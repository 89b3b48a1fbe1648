// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/options.h"

#include "backend/documents/durations.h"
#include "backend/documents/yaml_scalar.h"

namespace rc::ctl {

Result<std::optional<Timestamp>> timeOption(const Invocation& call, const QString& option)
{
    if (!call.has(option)) {
        return std::optional<Timestamp>();
    }
    if (const auto time = fromRfc3339(call.value(option))) {
        return time;
    }
    return fail(ErrorCode::InvalidInput,
                QString("--%1 is '%2', expected a time like 2026-01-31T03:00:00Z.").arg(option, call.value(option)));
}

Result<std::optional<qint64>> numberOption(const Invocation& call, const QString& option, qint64 least)
{
    if (!call.has(option)) {
        return std::optional<qint64>();
    }
    bool ok = false;
    const qint64 number = call.value(option).toLongLong(&ok);
    if (!ok || number < least) {
        return fail(ErrorCode::InvalidInput, QString("--%1 is '%2', expected a whole number of at least %3.")
                                                 .arg(option, call.value(option))
                                                 .arg(least));
    }
    return std::optional(number);
}

Result<QHash<StepId, Milliseconds>> stepDurations(const Invocation& call, const QString& option)
{
    QHash<StepId, Milliseconds> durations;
    const auto texts = call.values(option);
    for (const auto& text : texts) {
        QString value = text.section('=', 1);
        const bool shorter = value.startsWith('-');
        value.remove(0, shorter ? 1 : 0);
        const auto span = parseDuration(value);
        if (!text.contains('=') || !span) {
            return fail(
                ErrorCode::InvalidInput,
                QString("--%1 is '%2', expected STEP=DURATION such as restore=20m or restore=-5m.").arg(option, text));
        }
        durations.insert(StepId(text.section('=', 0, 0)), shorter ? -*span : *span);
    }
    return durations;
}

Result<Cost> costOption(const Invocation& call)
{
    const QString text = call.value("kdf-cost");
    if (text == "moderate") {
        return Cost::Moderate;
    }
    if (text == "interactive") {
        return Cost::Interactive;
    }
    if (text == "minimal") {
        return Cost::Minimal;
    }
    return fail(ErrorCode::InvalidInput,
                QString("--kdf-cost is '%1', expected one of: moderate, interactive, minimal.").arg(text));
}

QList<SystemId> systemOptions(const Invocation& call, const QString& option)
{
    QList<SystemId> systems;
    const auto values = call.values(option);
    for (const auto& value : values) {
        const auto ids = value.split(',', Qt::SkipEmptyParts);
        for (const auto& id : ids) {
            systems.append(SystemId(id));
        }
    }
    return systems;
}

Result<QJsonObject> keyValueOption(const Invocation& call, const QString& option)
{
    QJsonObject object;
    const auto values = call.values(option);
    for (const auto& value : values) {
        const auto equals = value.indexOf('=');
        if (equals <= 0) {
            return fail(ErrorCode::InvalidInput, QString("--%1 is '%2', expected NAME=VALUE.").arg(option, value));
        }
        object.insert(value.left(equals), value.mid(equals + 1));
    }
    return object;
}

Result<QJsonObject> typedValueOption(const Invocation& call, const QString& option)
{
    auto object = keyValueOption(call, option);
    if (!object) {
        return object;
    }
    for (auto field = object->begin(); field != object->end(); ++field) {
        const QString text = field.value().toString();
        const bool quoted = text.size() > 1 && text.front() == text.back() && (text[0] == '"' || text[0] == '\'');
        if (quoted) {
            *field = text.sliced(1, text.size() - 2);
        } else if (const auto typed = plainScalar(text)) {
            *field = *typed;
        } // else a number of more digits than any height has: a hash
    }
    return object;
}

} // namespace rc::ctl
