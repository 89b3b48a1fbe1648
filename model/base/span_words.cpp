// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/span_words.h"

#include <array>

namespace rc {
namespace {

struct Unit
{
    qint64 ms;
    const char* name;
};
constexpr std::array Units{Unit{86'400'000, "d"}, Unit{3'600'000, "h"}, Unit{60'000, "min"}, Unit{1000, "s"}};

} // namespace

QString spanInWords(Milliseconds span)
{
    const qint64 ms = std::abs(span.count());
    if (ms < 1000) {
        return QString("%1 ms").arg(ms);
    }
    if (ms < 9950) {
        return QString("%1 s").arg(QString::number(double(ms) / 1000, 'f', 1));
    }
    for (std::size_t i = 0; i + 1 < Units.size(); ++i) {
        const auto& [unit, name] = Units[i];
        const auto& [smaller, smallerName] = Units[i + 1];
        // Rounded first, so that 59 min and 59.7 s are an hour.
        const qint64 rounded = (ms + smaller / 2) / smaller * smaller;
        if (rounded >= unit) {
            const auto head = QString("%1 %2").arg(rounded / unit).arg(QLatin1StringView(name));
            const qint64 rest = rounded % unit / smaller;
            return rest == 0 ? head : QString("%1 %2 %3").arg(head).arg(rest).arg(QLatin1StringView(smallerName));
        }
    }
    return QString("%1 s").arg((ms + 500) / 1000);
}

} // namespace rc
