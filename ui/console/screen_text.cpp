// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/screen_text.h"

#include "ui/words/words.h"

#include <QClipboard>
#include <QGuiApplication>

namespace rc::ui {

QString ScreenText::shortened(const QString& text)
{
    return withShortHashes(text);
}

void ScreenText::copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace rc::ui
