// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/procedure_document.h"

#include "backend/documents/durations.h"
#include "backend/documents/schema.h"
#include "backend/documents/yaml_document.h"

namespace rc {
namespace {

QJsonArray eachNormalised(const QJsonValue& list, const QStringList& durations)
{
    QJsonArray out;
    for (const auto& entry : list.toArray()) {
        auto object = entry.toObject();
        normaliseDurations(object, durations);
        if (auto retry = object["retry"].toObject(); !retry.isEmpty()) {
            normaliseDurations(retry, {"delay"});
            object["retry"] = retry;
        }
        out.append(object);
    }
    return out;
}

/// From the file's form to the model's: durations become `*_ms`.
QJsonObject normalised(QJsonObject object)
{
    normaliseDurations(object, {"estimated_duration", "rto", "soak"});
    object["steps"] = eachNormalised(object["steps"], {"expected_duration", "timeout"});
    object["verification"] = eachNormalised(object["verification"], {"timeout"});
    return object;
}

} // namespace

Result<ProcedureDocument> readProcedure(const QString& path)
{
    const auto bytes = readDocumentBytes(path);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    return readProcedure(*bytes, path);
}

Result<ProcedureDocument> readProcedure(const QByteArray& bytes, const QString& file)
{
    const auto yaml = readYaml(bytes, file);
    if (!yaml) {
        return std::unexpected(yaml.error());
    }
    const auto procedure = procedureFromJson(normalised(yaml->root.toObject()));
    const auto problems = withFurtherProblems(schemaProblems("procedure", yaml->root), problemsOf(procedure));
    if (!problems.isEmpty()) {
        return std::unexpected(yaml->error(problems));
    }
    return ProcedureDocument{procedure, bytes, sha256Hex(bytes), file};
}

} // namespace rc
