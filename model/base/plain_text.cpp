// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/plain_text.h"

#include <algorithm>

namespace rc {

bool isHidden(QChar character)
{
    const char16_t unit = character.unicode();
    const bool turns = unit == 0x061c || unit == 0x200e || unit == 0x200f || (unit >= 0x2028 && unit <= 0x202e) ||
                       (unit >= 0x2066 && unit <= 0x2069);
    return turns || (character.category() == QChar::Other_Control && unit != '\n' && unit != '\t');
}

QString withHiddenShown(const QString& text)
{
    if (std::ranges::none_of(text, isHidden)) {
        return text;
    }
    QString shown;
    for (const QChar character : text) {
        shown +=
            isHidden(character) ? QString("\\u%1").arg(character.unicode(), 4, 16, QChar('0')) : QString(character);
    }
    return shown;
}

} // namespace rc
