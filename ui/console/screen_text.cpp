// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/screen_text.h"

#include "model/chain/chain.h"

#include <QClipboard>
#include <QGuiApplication>

#include <array>

namespace rc::ui {

QString ScreenText::shortened(const QString& text)
{
    return withShortHashes(text);
}

void ScreenText::copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

QString ScreenText::letterOf(int key, int scanCode)
{
    if (key == Qt::Key_Space) {
        return "Space";
    }
    if (key >= Qt::Key_A && key <= Qt::Key_Z) {
        return QString(QChar(key));
    }
    if (key <= 0xFF || key > 0xFFFF || !QChar(key).isLetter()) {
        return {};
    }
    struct Row
    {
        int first;
        QLatin1StringView letters;
    };
    static constexpr std::array rows{Row{24, QLatin1StringView("QWERTYUIOP")}, Row{38, QLatin1StringView("ASDFGHJKL")},
                                     Row{52, QLatin1StringView("ZXCVBNM")}};
    for (const auto& row : rows) {
        if (scanCode >= row.first && scanCode < row.first + row.letters.size()) {
            return QString(row.letters[scanCode - row.first]);
        }
    }
    return {};
}

} // namespace rc::ui
