// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/enums.h"
#include "model/base/json.h"

#include <QDate>

/// How values are put into words, on the screen and on paper.

namespace rc::ui {

/// "2026-11-23 03:00:00 UTC".
[[nodiscard]] QString utc(Timestamp time);
/// The same; a dash for nothing.
[[nodiscard]] QString utc(const std::optional<Timestamp>& time);
/// "12 min 04 s", "1 h 02 min": a span that is read while it grows; "0 s" at least.
[[nodiscard]] QString growingSpan(Milliseconds span);
/// The time of day, for places that say elsewhere that it is UTC: "03:00:00".
[[nodiscard]] QString clockTime(Timestamp time);
/// "2026-11-23".
[[nodiscard]] QString day(Timestamp time);
/// The day by the clock on the wall, which people compare with.
[[nodiscard]] QDate localDay(Timestamp time);
/// The time of day by that clock, with the day before it where that is not today: "14:03", "2026-11-23 14:03".
[[nodiscard]] QString localTime(Timestamp time, QDate today, const QString& format = "HH:mm");
/// For what stands longer than a day: "2026-11-23 14:03:22".
[[nodiscard]] QString localDayAndTime(Timestamp time);
/// Two units at most, rounded: "850 ms", "4.2 s", "24 min 10 s", "3 h 5 min", "2 d 4 h".
[[nodiscard]] QString duration(Milliseconds span);
/// An id as words: "state_corruption" is "State corruption".
[[nodiscard]] QString words(const QString& id);
template <ClosedList E>
[[nodiscard]] QString words(E value)
{
    return words(QString(idOf(value)));
}
/// "network operator or incident commander"; "anyone in the plan" for none.
[[nodiscard]] QString rolesInWords(const QList<Role>& roles);
[[nodiscard]] QString rolesInWords(const QStringList& ids);
/// What an approval is for, after "to": "run it", "take it back", "do without it".
[[nodiscard]] QString inWords(StepAct act);
/// The first twelve digits of a hash, for places where the whole of it stands elsewhere.
[[nodiscard]] QString shortHash(const QString& hash);
/// "1 step", "3 steps".
[[nodiscard]] QString counted(qsizetype count, const QString& noun);
/// A dash for an empty text.
[[nodiscard]] QString orDash(const QString& text);

} // namespace rc::ui
