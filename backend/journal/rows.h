// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/record.h"
#include "backend/journal/sql.h"

/// The rows of the table `journal`: how they are hashed, stored and read back. docs/journal-format.md says the same in
/// words and with an example.
namespace rc {

/// What the hash of a row is made of, before hashing: "rc-journal-v1", then sequence, stream, revision, time,
/// operator, kind, body and key id, each with its length (4 bytes, big-endian) in front, then the previous hash.
/// Integers are 8 bytes, big-endian; the time is milliseconds since 1970 UTC; texts are UTF-8.
[[nodiscard]] QByteArray hashedBytes(const Record& record);
[[nodiscard]] QByteArray rowHash(const Record& record);
/// What the signature of a row covers: "rc-row-v1", then the hash.
[[nodiscard]] QByteArray signedBytes(const QByteArray& hash);

[[nodiscard]] Status insertRow(Sql& sql, const Record& record);
/// Calls `take` for the rows that the tail of a SELECT picks ("WHERE sequence > ? ORDER BY sequence"). The body comes
/// as bytes only; see withBody().
[[nodiscard]] Status eachRow(Sql& sql, const QString& tail, const QVariantList& values,
                             const std::function<Status(Record&&)>& take);
/// The record with `body` read from `bodyBytes`.
[[nodiscard]] Record withBody(Record record);
[[nodiscard]] Result<Head> readHead(Sql& sql);

} // namespace rc
