// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/command.h"

#include <QKeySequence>

namespace rc::ui {

void Command::trigger()
{
    if (!offered) {
        return;
    }
    if (obstacle.isEmpty()) {
        Q_EMIT triggered();
    } else {
        Q_EMIT refused(title + ": " + obstacle);
    }
}

QString Command::keyText() const
{
    return keys.isEmpty() ? QString()
                          : QKeySequence(keys.first(), QKeySequence::PortableText).toString(QKeySequence::NativeText);
}

} // namespace rc::ui
