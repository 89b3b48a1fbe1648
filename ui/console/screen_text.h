// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlEngine>

namespace rc::ui {

/// Texts that do not fit a screen as they are, and the way of the whole of them to other programs.
class ScreenText : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    /// The text with its hashes shortened in the middle (ui/words).
    Q_INVOKABLE [[nodiscard]] static QString shortened(const QString& text);
    /// Puts the text into the clipboard.
    Q_INVOKABLE static void copy(const QString& text);
};

} // namespace rc::ui
