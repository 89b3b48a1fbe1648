// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/enums.h"

#include <QJsonObject>
#include <QString>

#include <expected>

namespace rc {

/// A failure as a value: a code of the closed list in enums.md, a sentence that a tired person understands, and
/// details for programs. Nothing matches on the sentence.
struct Error
{
    ErrorCode code = ErrorCode::InvalidInput;
    QString message;
    QJsonObject details;

    /// The form scripts get: `{"code": ..., "message": ..., "details": {...}}` (cli.md, "an error under --json").
    [[nodiscard]] QJsonObject toJson() const;

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

/// Makes the unexpected half of a Result: `return fail(ErrorCode::NotFound, "No plan PLAN-7.");`
[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, QString message, QJsonObject details = {})
{
    return std::unexpected(Error{code, std::move(message), std::move(details)});
}

/// The process exit status that belongs to a code (cli.md, "Exit").
[[nodiscard]] int exitCode(ErrorCode code);

} // namespace rc
