// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

#include <QStringList>

/// How answers look on a terminal: plain columns, no colour, nothing a log file could not keep.

namespace rc::ctl {

/// Rows as aligned columns under a header; "(none)" where there are no rows.
[[nodiscard]] QString table(const QStringList& header, const QList<QStringList>& rows);
/// `name  value` lines of a JSON object, in the order of `keys`; absent ones are left out.
[[nodiscard]] QString fields(const QJsonObject& object, const QStringList& keys);
/// "2 min 3 s", "450 ms": as everywhere (model/base/span_words.h).
[[nodiscard]] QString duration(qint64 milliseconds);
/// A JSON value as a person reads it: lists with commas, null as "-".
[[nodiscard]] QString plain(const QJsonValue& value);

[[nodiscard]] QString operatorText(const QJsonObject& person);
/// "BREAK-GLASS: protocol_lead until 2026-11-23T07:00:00.000Z (nobody else is awake)", of an operator's `temporary`.
[[nodiscard]] QString temporaryRoleLine(const QJsonObject& role);
[[nodiscard]] QString planText(const QJsonObject& plan);
[[nodiscard]] QString healthText(const QJsonArray& systems);

} // namespace rc::ctl
