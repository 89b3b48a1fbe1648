// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/schema_words.h"

#include <QRegularExpression>

#include <algorithm>
#include <numeric>

namespace rc {
namespace {

constexpr qsizetype maxQuotedLength = 60;

bool isWhole(const QJsonValue& value)
{
    return value.toDouble() == double(value.toInteger());
}

QString typeOf(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return "null";
    case QJsonValue::Bool:
        return "boolean";
    case QJsonValue::Double:
        return isWhole(value) ? QString("integer") : QString("number");
    case QJsonValue::String:
        return "string";
    case QJsonValue::Array:
        return "array";
    default:
        return "object";
    }
}

QString typeInWords(const QString& type)
{
    static const QHash<QString, QString> words{
        {"null", "nothing"},
        {"boolean", "true or false"},
        {"integer", "a whole number"},
        {"number", "a number"},
        {"string", "text"},
        {"array", "a list (each entry starts with '- ')"},
        {"object", "fields (name: value)"},
    };
    return words.value(type, type);
}

/// A value as a sentence shows it.
QString shown(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return "empty";
    case QJsonValue::Bool:
        return value.toBool() ? QString("true") : QString("false");
    case QJsonValue::Double:
        return "the number " + value.toVariant().toString();
    case QJsonValue::String: {
        const QString text = value.toString();
        return text.size() > maxQuotedLength ? QString("'%1…'").arg(text.left(maxQuotedLength))
                                             : QString("'%1'").arg(text);
    }
    case QJsonValue::Array:
        return "a list";
    default:
        return "a group of fields";
    }
}

QString fieldName(const QString& pointer)
{
    const QString last = pointer.mid(pointer.lastIndexOf('/') + 1);
    bool isIndex = false;
    (void)last.toInt(&isIndex);
    return isIndex ? "this entry" : last.isEmpty() ? "the document" : QString("'%1'").arg(last);
}

QStringList strings(const QJsonValue& value)
{
    QStringList list;
    for (const auto& entry : value.toArray()) {
        list.append(entry.isString() ? entry.toString() : entry.toVariant().toString());
    }
    return list;
}

QStringList typesOf(const QJsonObject& schema)
{
    const auto type = schema["type"];
    return type.isString() ? QStringList{type.toString()} : strings(type);
}

/// Walks a schema and a value side by side; one method per group of keywords.
class Walk
{
public:
    explicit Walk(const QJsonObject& root)
        : m_root(root)
    {
    }

    [[nodiscard]] QList<Problem> problems(const QJsonValue& schemaValue, const QJsonValue& value,
                                          const QString& pointer) const
    {
        const auto schema = resolved(schemaValue.toObject());
        if (const auto wrong = wrongValue(schema, value)) {
            return {
                {pointer, QString("%1 is %2, expected %3")
                              .arg(fieldName(pointer),
                                   schema["writeOnly"].toBool() ? QString("not a reference to a secret") : shown(value),
                                   schema["x-expected"].toString(*wrong))}};
        }
        QList<Problem> found;
        if (value.isObject()) {
            found += problemsOfFields(schema, value.toObject(), pointer);
        }
        if (value.isArray()) {
            found += problemsOfEntries(schema, value.toArray(), pointer);
        }
        for (const auto& part : schema["allOf"].toArray()) {
            found += problems(part, value, pointer);
        }
        if (schema.contains("if") && problems(schema["if"], value, pointer).isEmpty()) {
            found += problems(schema["then"], value, pointer);
        }
        return found + problemsOfChoice(schema, value, pointer);
    }

private:
    [[nodiscard]] QJsonObject resolved(QJsonObject schema) const
    {
        while (schema.contains("$ref")) {
            const QString name = schema["$ref"].toString().section('/', -1);
            schema = m_root["definitions"][name].toObject();
        }
        return schema;
    }

    /// What was expected instead of this value, looking at the value alone.
    [[nodiscard]] static std::optional<QString> wrongValue(const QJsonObject& schema, const QJsonValue& value)
    {
        const auto types = typesOf(schema);
        const QString type = typeOf(value);
        if (!types.isEmpty() && !types.contains(type) && !(type == "integer" && types.contains("number"))) {
            QStringList words;
            std::ranges::transform(types, std::back_inserter(words), typeInWords);
            const bool quotesHelp = types.contains("string") && (value.isDouble() || value.isBool());
            return words.join(" or ") + (quotesHelp ? QString(" (put it in quotes)") : QString());
        }
        if (schema.contains("const") && schema["const"] != value) {
            return shown(schema["const"]);
        }
        if (schema.contains("enum") && !schema["enum"].toArray().contains(value)) {
            const auto known = strings(schema["enum"]);
            const auto near = nearestWord(value.toString(), known);
            return "one of: " + known.join(", ") + (near ? QString(" (did you mean '%1'?)").arg(*near) : QString());
        }
        if (value.isString() && schema.contains("pattern") &&
            !QRegularExpression(schema["pattern"].toString()).match(value.toString()).hasMatch()) {
            return "text of the form " + schema["pattern"].toString();
        }
        if (value.isDouble() && schema.contains("minimum") && value.toDouble() < schema["minimum"].toDouble()) {
            return "at least " + schema["minimum"].toVariant().toString();
        }
        if (value.isDouble() && schema.contains("maximum") && value.toDouble() > schema["maximum"].toDouble()) {
            return "at most " + schema["maximum"].toVariant().toString();
        }
        if (value.isArray() && value.toArray().size() < schema["minItems"].toInt()) {
            return "at least one entry";
        }
        return std::nullopt;
    }

    [[nodiscard]] QList<Problem> problemsOfFields(const QJsonObject& schema, const QJsonObject& object,
                                                  const QString& pointer) const
    {
        QList<Problem> found;
        const auto properties = schema["properties"].toObject();
        for (const auto& name : strings(schema["required"])) {
            if (!object.contains(name)) {
                const QString expected = resolved(properties[name].toObject())["x-expected"].toString("it here");
                found.append({childPointer(pointer, name),
                              QString("the field '%1' is missing, expected %2").arg(name, expected)});
            }
        }
        const auto others = schema["additionalProperties"];
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QString at = childPointer(pointer, it.key());
            const auto names = schema["propertyNames"].toObject();
            if (wrongValue(names, it.key())) {
                found.append({at, QString("'%1' is no name that can stand here, expected %2")
                                      .arg(it.key(), names["x-expected"].toString())});
            } else if (properties.contains(it.key())) {
                found += problems(properties[it.key()], it.value(), at);
            } else if (others.isObject()) {
                found += problems(others, it.value(), at);
            } else if (others.isBool() && !others.toBool()) {
                found.append({at, unknownField(it.key(), properties.keys())});
            }
        }
        return found;
    }

    [[nodiscard]] static QString unknownField(const QString& name, const QStringList& known)
    {
        if (known.isEmpty()) {
            return QString("unknown field '%1', expected none here").arg(name);
        }
        const auto near = nearestWord(name, known);
        return QString("unknown field '%1', expected one of: %2%3")
            .arg(name, known.join(", "), near ? QString(" (did you mean '%1'?)").arg(*near) : QString());
    }

    [[nodiscard]] QList<Problem> problemsOfEntries(const QJsonObject& schema, const QJsonArray& array,
                                                   const QString& pointer) const
    {
        QList<Problem> found;
        for (qsizetype i = 0; schema.contains("items") && i < array.size(); ++i) {
            found += problems(schema["items"], array[i], childPointer(pointer, QString::number(i)));
        }
        return found;
    }

    /// Of `anyOf` the branch of the value's own type speaks; if none has it, what all branches expect.
    [[nodiscard]] QList<Problem> problemsOfChoice(const QJsonObject& schema, const QJsonValue& value,
                                                  const QString& pointer) const
    {
        QStringList expected;
        QList<Problem> ofItsType;
        for (const auto& entry : schema["anyOf"].toArray()) {
            const auto branch = resolved(entry.toObject());
            const auto found = problems(branch, value, pointer);
            if (found.isEmpty()) {
                return {};
            }
            expected.append(branch["x-expected"].toString(typesOf(branch).join(" or ")));
            if (ofItsType.isEmpty() && found.first().pointer != pointer) {
                ofItsType = found;
            }
        }
        if (expected.isEmpty() || !ofItsType.isEmpty()) {
            return ofItsType;
        }
        return {{pointer, QString("%1 is %2, expected %3")
                              .arg(fieldName(pointer),
                                   schema["writeOnly"].toBool() ? QString("not a reference to a secret") : shown(value),
                                   schema["x-expected"].toString(expected.join(", or ")))}};
    }

    const QJsonObject& m_root;
};

/// Levenshtein distance.
int distance(const QString& a, const QString& b)
{
    std::vector<int> row(std::size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = std::exchange(row[0], int(i));
        for (qsizetype k = 1; k <= b.size(); ++k) {
            const int substituted = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
            diagonal = std::exchange(row[k], std::min({row[k] + 1, row[k - 1] + 1, substituted}));
        }
    }
    return row.back();
}

} // namespace

QList<Problem> problemsInWords(const QJsonObject& schema, const QJsonValue& value)
{
    return Walk(schema).problems(schema, value, {});
}

std::optional<QString> nearestWord(const QString& word, const QStringList& known)
{
    constexpr int near = 2;
    if (word.size() > maxQuotedLength) {
        return std::nullopt;
    }
    const auto best = std::ranges::min_element(known, {}, [&](const QString& other) { return distance(word, other); });
    return best != known.end() && distance(word, *best) <= near && best->size() > near ? std::optional(*best)
                                                                                       : std::nullopt;
}

} // namespace rc
