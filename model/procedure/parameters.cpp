// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/procedure/parameters.h"

#include <QRegularExpression>

namespace rc {
namespace {

/// `${`, the inside, and the closing brace (missing, where somebody forgot it).
const QRegularExpression& referencePattern()
{
    static const QRegularExpression pattern(R"(\$\{([^}]*)(\}?))");
    return pattern;
}

/// Most texts are plain, and there may be thousands.
bool mayRefer(const QString& text)
{
    return text.contains(QLatin1StringView("${"));
}

QString textOf(const QJsonValue& value)
{
    if (value.isString()) {
        return value.toString();
    }
    if (value.isArray()) {
        QStringList parts;
        for (const auto& entry : value.toArray()) {
            parts.append(textOf(entry));
        }
        return parts.join(", ");
    }
    return value.toVariant().toString();
}

std::optional<Reference> referenceOf(const QRegularExpressionMatch& match)
{
    return match.capturedLength(2) == 0 ? std::nullopt : parseReference(match.capturedView(1));
}

Result<QJsonValue> lookUp(const QRegularExpressionMatch& match, const ReferenceLookup& lookup)
{
    const auto reference = referenceOf(match);
    if (!reference) {
        return fail(ErrorCode::InvalidInput, QString("Unknown reference %1.").arg(match.captured(0)));
    }
    return lookup(*reference);
}

Result<QJsonValue> resolveString(const QString& text, const ReferenceLookup& lookup)
{
    if (!mayRefer(text)) {
        return text;
    }
    const auto whole = referencePattern().match(text);
    if (whole.hasMatch() && whole.capturedLength() == text.size()) {
        return lookUp(whole, lookup);
    }
    QString out;
    qsizetype end = 0;
    auto matches = referencePattern().globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const auto value = lookUp(match, lookup);
        if (!value) {
            return std::unexpected(value.error());
        }
        out += text.mid(end, match.capturedStart() - end) + textOf(*value);
        end = match.capturedEnd();
    }
    return out + text.mid(end);
}

Result<QJsonValue> resolveValue(const QJsonValue& value, const ReferenceLookup& lookup)
{
    if (value.isString()) {
        return resolveString(value.toString(), lookup);
    }
    if (value.isArray()) {
        QJsonArray out;
        for (const auto& entry : value.toArray()) {
            const auto resolved = resolveValue(entry, lookup);
            if (!resolved) {
                return resolved;
            }
            out.append(*resolved);
        }
        return out;
    }
    if (value.isObject()) {
        const auto resolved = resolveParameters(value.toObject(), lookup);
        if (!resolved) {
            return std::unexpected(resolved.error());
        }
        return QJsonValue(*resolved);
    }
    return value;
}

/// A list of ids, or one text with commas between them; an empty id is none.
std::optional<QJsonValue> systemList(const QJsonValue& value)
{
    QJsonArray ids;
    for (const auto& entry :
         value.isString() ? QJsonArray::fromStringList(value.toString().split(',')) : value.toArray()) {
        const QString id = entry.toString().trimmed();
        if (id.isEmpty()) {
            return std::nullopt;
        }
        ids.append(id);
    }
    return value.isString() || value.isArray() ? std::optional(QJsonValue(ids)) : std::nullopt;
}

std::optional<QJsonValue> typed(ParameterType type, const QJsonValue& value)
{
    switch (type) {
    case ParameterType::String:
        return value.isString() ? std::optional(value) : std::nullopt;
    case ParameterType::Integer: {
        if (value.isDouble()) {
            return value.toDouble() == double(value.toInteger()) ? std::optional(value) : std::nullopt;
        }
        bool ok = false;
        const qint64 number = value.toString().toLongLong(&ok);
        return ok ? std::optional(QJsonValue(number)) : std::nullopt;
    }
    case ParameterType::Boolean:
        if (value.isBool()) {
            return value;
        }
        if (value.toString() == "true" || value.toString() == "false") {
            return QJsonValue(value.toString() == "true");
        }
        return std::nullopt;
    case ParameterType::SystemList:
        return systemList(value);
    }
    return std::nullopt;
}

} // namespace

std::optional<Reference> parseReference(QStringView text)
{
    const auto parts = text.split('.');
    if (parts.contains(QStringView())) {
        return std::nullopt;
    }
    if (parts.size() == 2 && parts[0] == u"incident") {
        static const QStringList fields{"id", "systems", "type", "compromised_since", "contained_at"};
        if (fields.contains(parts[1])) {
            return Reference{Reference::Scope::Incident, {}, parts[1].toString()};
        }
    }
    if (parts.size() == 3 && parts[0] == u"plan" && parts[1] == u"params") {
        return Reference{Reference::Scope::PlanParameter, {}, parts[2].toString()};
    }
    if (parts.size() == 4 && parts[0] == u"steps" && parts[2] == u"result") {
        return Reference{Reference::Scope::StepResult, StepId(parts[1].toString()), parts[3].toString()};
    }
    return std::nullopt;
}

QList<FoundReference> referencesIn(const QJsonValue& value, const QString& pointer)
{
    QList<FoundReference> found;
    if (value.isString()) {
        const auto text = value.toString();
        if (!mayRefer(text)) {
            return found;
        }
        auto matches = referencePattern().globalMatch(text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            found.append({pointer, match.captured(0), referenceOf(match)});
        }
    } else if (value.isArray()) {
        const auto array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            found += referencesIn(array[i], childPointer(pointer, QString::number(i)));
        }
    } else if (value.isObject()) {
        const auto object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            found += referencesIn(it.value(), childPointer(pointer, it.key()));
        }
    }
    return found;
}

Result<QJsonObject> resolveParameters(const QJsonObject& parameters, const ReferenceLookup& lookup)
{
    QJsonObject out;
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const auto resolved = resolveValue(it.value(), lookup);
        if (!resolved) {
            return std::unexpected(resolved.error());
        }
        out.insert(it.key(), *resolved);
    }
    return out;
}

Result<QJsonObject> typedParameters(const QList<ParameterDeclaration>& declarations, const QJsonObject& given)
{
    QJsonObject out;
    for (const auto& declaration : declarations) {
        const auto value = given.contains(declaration.id) ? given[declaration.id] : declaration.defaultValue;
        if (value.isNull()) {
            if (declaration.required) {
                return fail(ErrorCode::InvalidInput,
                            QString("The parameter '%1' is missing: %2").arg(declaration.id, declaration.description));
            }
            out.insert(declaration.id, QJsonValue::Null);
            continue;
        }
        const auto converted = typed(declaration.type, value);
        if (!converted) {
            return fail(ErrorCode::InvalidInput, QString("The parameter '%1' is '%2', expected a value of type %3.")
                                                     .arg(declaration.id, textOf(value), idOf(declaration.type)));
        }
        out.insert(declaration.id, *converted);
    }
    for (auto it = given.begin(); it != given.end(); ++it) {
        if (!out.contains(it.key())) {
            return fail(ErrorCode::InvalidInput, QString("The procedure has no parameter '%1'.").arg(it.key()));
        }
    }
    return out;
}

} // namespace rc
