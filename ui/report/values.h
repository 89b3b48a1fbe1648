// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/row.h"
#include "ui/words/json_words.h"

#include <QJsonValue>

/// JSON values of results and artifacts on paper.

namespace rc::ui::report {

/// One line per entry of a list; hashes in the fixed-width face; times as UTC; `*_ms` as a duration.
[[nodiscard]] QList<Run> valueRuns(const QString& key, const QJsonValue& value);

} // namespace rc::ui::report
