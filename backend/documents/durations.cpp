// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/durations.h"

#include <QRegularExpression>

namespace rc {
namespace {

struct Unit
{
    QLatin1StringView name;
    qint64 ms;
};
constexpr auto units = std::to_array<Unit>({
    {QLatin1StringView("h"), 3'600'000},
    {QLatin1StringView("m"), 60'000},
    {QLatin1StringView("s"), 1'000},
    {QLatin1StringView("ms"), 1},
});

} // namespace

std::optional<Milliseconds> parseDuration(const QString& text)
{
    static const QRegularExpression pattern(R"(\A(?=[0-9])(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?(\d{1,6}ms)?\z)");
    const auto match = pattern.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    Milliseconds sum{0};
    for (int i = 0; i < int(units.size()); ++i) {
        const QString part = match.captured(i + 1);
        sum += Milliseconds(part.chopped(std::min(part.size(), units[i].name.size())).toLongLong() * units[i].ms);
    }
    return sum;
}

QString durationText(Milliseconds duration)
{
    QString text;
    qint64 left = duration.count();
    for (const auto& unit : units) {
        if (left >= unit.ms) {
            text += QString("%1%2").arg(left / unit.ms).arg(unit.name);
            left %= unit.ms;
        }
    }
    return text.isEmpty() ? QString("0s") : text;
}

void normaliseDurations(QJsonObject& object, const QStringList& fields)
{
    for (const auto& field : fields) {
        if (const auto duration = parseDuration(object.take(field).toString())) {
            object.insert(field + "_ms", qint64(duration->count()));
        }
    }
}

} // namespace rc
