// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QStringList>

/// JSON values of parameters, results and artifacts, whose fields differ from action to action, as a person reads them.

namespace rc::ui {

/// "from_height" is "From height"; the unit of "duration_ms" goes to the value.
[[nodiscard]] QString labelOf(const QString& key);
/// Fields of results that say nothing beside artifacts, which tell the same one by one.
[[nodiscard]] const QStringList& keysToldByArtifacts();
/// The whole value as one line of text: times as UTC, `*_ms` as a duration, `mode` in octal, lists and objects with
/// commas; a dash for nothing.
[[nodiscard]] QString valueInWords(const QString& key, const QJsonValue& value);

} // namespace rc::ui
