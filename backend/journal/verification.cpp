// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/verification.h"

namespace rc {

double Verification::recordsPerSecond() const
{
    return 1000.0 * double(records) / double(std::max<qint64>(1, duration.count()));
}

QJsonObject Verification::toJson() const
{
    return {{"ok", ok},
            {"records", records},
            {"first_bad", firstBad ? QJsonValue(*firstBad) : QJsonValue(QJsonValue::Null)},
            {"reason", ok ? QJsonValue(QJsonValue::Null) : QJsonValue(reason)},
            {"head_hash", QString::fromLatin1(head.hash.toHex())},
            {"duration_ms", qint64(duration.count())},
            {"records_per_second", recordsPerSecond()}};
}

} // namespace rc
