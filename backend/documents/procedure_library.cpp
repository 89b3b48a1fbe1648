// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/procedure_library.h"

#include "backend/documents/yaml_document.h"

#include <QDir>

#include <algorithm>
#include <utility>

namespace rc {
namespace {

constexpr auto shippedFolder = QLatin1StringView(":/procedures");

QStringList yamlFilesIn(const QString& folder)
{
    QStringList paths;
    const QDir dir(folder);
    for (const auto& name : dir.entryList({"*.yaml"}, QDir::Files, QDir::Name)) {
        paths.append(dir.filePath(name));
    }
    return paths;
}

} // namespace

ProcedureLibrary ProcedureLibrary::load(const QString& home)
{
    ProcedureLibrary library;
    for (const auto& path : yamlFilesIn(shippedFolder)) {
        library.add(path);
    }
    for (const auto& document : library.m_procedures) {
        library.m_shipped.append(document.sha256);
    }
    for (const auto& path : yamlFilesIn(QDir(home).filePath("procedures"))) {
        library.add(path);
    }
    std::ranges::sort(library.m_procedures, [](const ProcedureDocument& a, const ProcedureDocument& b) {
        return a.procedure.id != b.procedure.id ? a.procedure.id < b.procedure.id
                                                : a.procedure.version > b.procedure.version;
    });
    return library;
}

void ProcedureLibrary::add(const QString& path)
{
    const auto document = readProcedure(path);
    if (!document) {
        m_problems.append(document.error());
        return;
    }
    const auto& added = document->procedure;
    const auto taken = std::ranges::find_if(m_procedures, [&](const ProcedureDocument& other) {
        return other.procedure.id == added.id && other.procedure.version == added.version;
    });
    if (taken == m_procedures.end()) {
        m_procedures.append(*document);
    } else if (taken->sha256 != document->sha256) {
        const QString message = "the procedure '%1' version %2 is already in %3, expected another id or version";
        const Problem problem{"/version", message.arg(added.id.text(), QString::number(added.version), taken->file)};
        if (const auto yaml = readYaml(document->source, path)) {
            m_problems.append(yaml->error({problem}));
        }
    }
}

QList<ProcedureDocument> ProcedureLibrary::forIncidentType(IncidentType type) const
{
    QList<ProcedureDocument> found;
    ProcedureId previous;
    for (const auto& document : m_procedures) {
        const bool isNewest = document.procedure.id != std::exchange(previous, document.procedure.id);
        if (isNewest && document.procedure.incidentTypes.contains(type)) {
            found.append(document);
        }
    }
    return found;
}

Result<ProcedureDocument> ProcedureLibrary::find(const ProcedureId& id, std::optional<int> version) const
{
    const auto found = std::ranges::find_if(m_procedures, [&](const ProcedureDocument& document) {
        return document.procedure.id == id && (!version || document.procedure.version == *version);
    });
    if (found != m_procedures.end()) {
        return *found;
    }
    QStringList names;
    for (const auto& document : m_procedures) {
        names.append(document.procedure.id.text());
    }
    names.removeDuplicates();
    return fail(ErrorCode::NotFound,
                version ? QString("There is no procedure '%1' version %2.").arg(id.text(), QString::number(*version))
                        : QString("There is no procedure '%1'; there are: %2.").arg(id.text(), names.join(", ")));
}

} // namespace rc
