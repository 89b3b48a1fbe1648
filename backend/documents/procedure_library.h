// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/documents/procedure_document.h"

namespace rc {

/// The procedures at hand: those shipped in the program and the user's own in HOME/procedures/*.yaml. A value; loading
/// again sees files that changed. A file that is broken does not hide the others.
class ProcedureLibrary
{
public:
    ProcedureLibrary() = default;
    /// Reads everything. `home` may lack a `procedures` folder.
    [[nodiscard]] static ProcedureLibrary load(const QString& home);

    /// Every procedure in every version, by id, newest version first.
    [[nodiscard]] const QList<ProcedureDocument>& procedures() const { return m_procedures; }
    /// One error per file that was left out: broken, or an (id, version) that is already taken (shipped ones come
    /// first).
    [[nodiscard]] const QList<Error>& problems() const { return m_problems; }

    /// The newest version of each procedure, if it is for incidents of this type, by id.
    [[nodiscard]] QList<ProcedureDocument> forIncidentType(IncidentType type) const;
    /// The newest version, or the one asked for. NotFound if there is none.
    [[nodiscard]] Result<ProcedureDocument> find(const ProcedureId& id, std::optional<int> version = {}) const;
    /// True if a procedure of these exact bytes (SHA-256, hex) came with the program: it may run without a review.
    [[nodiscard]] bool isShipped(const QString& sha256) const { return m_shipped.contains(sha256); }

private:
    void add(const QString& path);

    QList<ProcedureDocument> m_procedures;
    QList<Error> m_problems;
    QStringList m_shipped;
};

} // namespace rc
