// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// Something wrong in a file: where (line from 1, JSON pointer) and what, with what was expected.
struct LocatedProblem
{
    int line = 1;
    QString pointer;
    QString message;

    friend bool operator==(const LocatedProblem&, const LocatedProblem&) = default;
};

/// InvalidInput whose message is a line `file:line: what is wrong, what was expected` per problem, by line number
/// (product rule 14). Details: {file, line of the first, problems: [{line, pointer, message}]}.
[[nodiscard]] Error documentError(const QString& file, QList<LocatedProblem> problems);

} // namespace rc
