// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/schema.h"

#include "backend/documents/schema_words.h"

#include <QFile>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace rc {
namespace {

/// The schema without what valijson 1.0 cannot judge safely: `pattern` (std::regex overflows the stack on long text),
/// `integer` (its Qt adapter stops at 32 bits) and `propertyNames` (refuses every name). All are judged in
/// schema_words.cpp.
QJsonValue forValijson(const QJsonValue& value)
{
    if (value.isArray()) {
        QJsonArray array;
        for (const auto& entry : value.toArray()) {
            array.append(forValijson(entry));
        }
        return array;
    }
    if (!value.isObject()) {
        return value;
    }
    QJsonObject object;
    const auto source = value.toObject();
    for (auto it = source.begin(); it != source.end(); ++it) {
        if (it.key() == "type" && it.value() == QJsonValue("integer")) {
            object.insert(it.key(), "number");
        } else if (it.key() != "propertyNames" && (it.key() != "pattern" || !it.value().isString())) {
            object.insert(it.key(), forValijson(it.value()));
        }
    }
    return object;
}

/// A schema read once, as it is written and as valijson wants it.
struct LoadedSchema
{
    QJsonObject source;
    valijson::Schema compiled;

    explicit LoadedSchema(const QString& name)
    {
        QFile file(QString(":/schemas/%1.json").arg(name));
        QJsonParseError error;
        if (file.open(QIODevice::ReadOnly)) {
            source = QJsonDocument::fromJson(file.readAll(), &error).object();
        }
        if (source.isEmpty()) {
            qFatal("The schema %s is missing from the program: %s", qUtf8Printable(name),
                   qUtf8Printable(error.errorString()));
        }
        const QJsonValue plain = forValijson(source);
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::QtJsonAdapter(plain), compiled);
    }
};

const LoadedSchema& loaded(const QString& name)
{
    static const LoadedSchema procedure("procedure");
    static const LoadedSchema inventory("inventory");
    Q_ASSERT(name == "procedure" || name == "inventory");
    return name == "procedure" ? procedure : inventory;
}

QList<Problem> problemsByValijson(const valijson::Schema& schema, const QJsonValue& value)
{
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    QList<Problem> problems;
    if (!validator.validate(schema, valijson::adapters::QtJsonAdapter(value), &results)) {
        for (const auto& error : results) {
            problems.append({{}, QString::fromStdString(error.description)});
        }
    }
    return problems;
}

bool standsAtOrBelow(const QString& pointer, const QString& other)
{
    return pointer == other || pointer.startsWith(other + "/");
}

} // namespace

const QJsonObject& documentSchema(const QString& name)
{
    return loaded(name).source;
}

QList<Problem> schemaProblems(const QString& schemaName, const QJsonValue& value)
{
    const auto& schema = loaded(schemaName);
    auto problems = problemsInWords(schema.source, value);
    return problems.isEmpty() ? problemsByValijson(schema.compiled, value) : problems;
}

QList<Problem> withFurtherProblems(QList<Problem> problems, const QList<Problem>& more)
{
    const auto first = problems;
    for (const auto& problem : more) {
        const bool known = std::ranges::any_of(
            first, [&](const Problem& other) { return standsAtOrBelow(problem.pointer, other.pointer); });
        if (!known) {
            problems.append(problem);
        }
    }
    return problems;
}

} // namespace rc
