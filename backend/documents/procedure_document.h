// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/procedure/procedure.h"

namespace rc {

/// A procedure with the exact bytes it was read from, so that a plan can pin it by hash (product rule 10).
struct ProcedureDocument
{
    Procedure procedure;
    QByteArray source;
    /// SHA-256 of `source`, lower-case hex.
    QString sha256;
    /// As messages name it: a path, or ":/procedures/ID.yaml" for a shipped one.
    QString file;

    friend bool operator==(const ProcedureDocument&, const ProcedureDocument&) = default;
};

/// Reads and checks a procedure (docs/procedure-format.md). Errors: InvalidInput with a line `file:line: ...` for every
/// problem of YAML, schema and rules (see documentError), NotFound if there is no such file.
[[nodiscard]] Result<ProcedureDocument> readProcedure(const QString& path);
/// The same from bytes, e.g. those pinned in the journal; `file` is what messages call them.
[[nodiscard]] Result<ProcedureDocument> readProcedure(const QByteArray& bytes, const QString& file);

} // namespace rc
