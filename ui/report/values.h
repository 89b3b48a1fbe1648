// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/row.h"

#include <QJsonValue>

/// JSON values of results and artifacts, whose fields differ from action to action, as a person reads them.

namespace rc::report {

/// "from_height" is "From height"; the unit of "duration_ms" goes to the value.
[[nodiscard]] QString labelOf(const QString& key);
/// One line per entry of a list; hashes in the fixed-width face; times as UTC; `*_ms` as a duration.
[[nodiscard]] QList<Run> valueRuns(const QString& key, const QJsonValue& value);

} // namespace rc::report
