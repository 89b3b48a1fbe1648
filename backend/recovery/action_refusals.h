// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/toolbox.h"

namespace rc {

/// What the actions of these steps say against running now, e.g. of a system that does not answer, as reasons for
/// waiting (product rule 6); empty where there is nothing, or where nobody can ask yet. All are asked at once, changing
/// nothing, and for no longer than `patience`: an answer that does not come is a reason too.
[[nodiscard]] QCoro::Task<QStringList> actionRefusals(Plan plan, QList<qsizetype> steps, std::shared_ptr<Toolbox> tools,
                                                      Milliseconds patience);

} // namespace rc
