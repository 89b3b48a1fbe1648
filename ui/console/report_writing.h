// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"
#include "ui/console/sight.h"

#include <QFuture>
#include <QJsonObject>

namespace rc::ui {

/// Draws a report from its document as PDF, on the pool, into the folder `reports` of the home: named after what it is
/// about and the time. Answers where it is.
[[nodiscard]] QFuture<Result<QString>> written(const QFuture<Result<QJsonObject>>& document, const Sight& sight,
                                               const QString& about);

} // namespace rc::ui
