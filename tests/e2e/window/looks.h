// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/appearance.h"

#include <QList>
#include <QSize>
#include <QString>

namespace rc::drill {

/// How a person may have their window, for pictures of it.
struct Look
{
    QString name;
    ui::Appearance::Choice choice;
    QSize size;
    int zoom = 100;
};

/// The plainest last, so that what is done next is done in it.
inline QList<Look> looks()
{
    constexpr QSize Least(1'280, 720);
    QList<Look> all{{"large-1280x720", ui::Appearance::AlwaysDark, Least, 200},
                    {"high-contrast-1280x720", ui::Appearance::AlwaysHighContrast, Least}};
    for (const auto choice : {ui::Appearance::AlwaysDark, ui::Appearance::AlwaysLight}) {
        for (const QSize size : {QSize(3'840, 2'160), QSize(1'920, 1'080), Least}) {
            const auto shade = choice == ui::Appearance::AlwaysDark ? QString("dark") : QString("light");
            all.append({QString("%1-%2x%3").arg(shade).arg(size.width()).arg(size.height()), choice, size});
        }
    }
    return all;
}

} // namespace rc::drill
