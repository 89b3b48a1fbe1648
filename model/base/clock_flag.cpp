// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/clock_flag.h"

#include "model/base/span_words.h"

namespace rc {

std::optional<ClockFlag> ClockFlag::of(qint64 sequence, Timestamp at, const QJsonObject& body)
{
    const ClockFlag flag{sequence, at, Milliseconds(body[ClockJump].toInteger()),
                         Milliseconds(body[ClockSkew].toInteger())};
    return flag.jump == Milliseconds(0) && flag.skew == Milliseconds(0) ? std::nullopt : std::optional(flag);
}

QString ClockFlag::sentence() const
{
    if (jump == Milliseconds(0)) {
        return QString("The clock of this machine stood %1 before the record preceding this one.")
            .arg(spanInWords(skew));
    }
    return QString("The clock of this machine was set %1 by %2 just before.")
        .arg(jump > Milliseconds(0) ? QString("forward") : QString("back"), spanInWords(jump));
}

QJsonObject ClockFlag::toJson() const
{
    return {{"sequence", sequence},
            {"time", toRfc3339(at)},
            {ClockJump, qint64(jump.count())},
            {ClockSkew, qint64(skew.count())},
            {"text", sentence()}};
}

} // namespace rc
