// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/service_manager.h"

namespace rc {

static QJsonValue processOrNull(const std::optional<ProcessIdentity>& process)
{
    return process ? QJsonValue(process->toJson()) : QJsonValue(QJsonValue::Null);
}

QJsonObject ServiceActionResult::toJson() const
{
    return {{"success", success},
            {"timestamp", toRfc3339(timestamp)},
            {"details", details},
            {"process", processOrNull(process)},
            {"duration_ms", qint64(duration.count())}};
}

} // namespace rc
