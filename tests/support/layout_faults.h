// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QQuickItem>
#include <QStringList>

namespace rc::test {

/// Half a pixel is rounding.
constexpr double LayoutTolerance = 0.5;

inline QString wordOf(const QQuickItem& item)
{
    const auto text = item.property("text").toString();
    return !item.objectName().isEmpty() ? item.objectName()
           : !text.isEmpty()            ? text
                                        : QString::fromLatin1(item.metaObject()->className());
}

/// Whether somebody could see it, if its ancestors are seen.
inline bool isSeen(const QQuickItem& item)
{
    return item.isVisible() && item.opacity() > 0 && item.width() > 0 && item.height() > 0;
}

/// What lies on another part of the same layout, or outside it, in what can be seen below `root`: one sentence each. A
/// layout that has missed a change (Qt 6.4) is found by it.
inline QStringList layoutFaults(const QQuickItem& root)
{
    QStringList faults;
    const auto children = root.childItems();
    const bool isLayout = root.inherits("QQuickLayout");
    for (qsizetype i = 0; i < children.size(); ++i) {
        if (!isSeen(*children[i])) {
            continue;
        }
        faults += layoutFaults(*children[i]);
        const auto place = [](const QQuickItem& item) {
            return QRectF(item.position(), item.size())
                .adjusted(LayoutTolerance, LayoutTolerance, -LayoutTolerance, -LayoutTolerance);
        };
        if (isLayout && (place(*children[i]).right() > root.width() || place(*children[i]).bottom() > root.height())) {
            const auto end = place(*children[i]).bottomRight();
            faults.append(QString("“%1” ends at %2, %3, outside “%4” of %5 by %6")
                              .arg(wordOf(*children[i]))
                              .arg(end.x())
                              .arg(end.y())
                              .arg(wordOf(root))
                              .arg(root.width())
                              .arg(root.height()));
        }
        for (qsizetype j = 0; isLayout && j < i; ++j) {
            if (isSeen(*children[j]) && place(*children[i]).intersects(place(*children[j]))) {
                faults.append(QString("“%1” lies on “%2”").arg(wordOf(*children[i]), wordOf(*children[j])));
            }
        }
    }
    return faults;
}

} // namespace rc::test
