// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/action.h"

namespace rc {

QJsonObject toJson(const Effect& effect)
{
    return {{"system", effect.system.text()}, {"what", effect.what}, {"diff", effect.diff}};
}

StepResult failedResult(const Error& error, Timestamp at)
{
    return {false, error.message, {{"error", error.toJson()}}, {}, at};
}

} // namespace rc
