// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlEngine>

namespace rc::ui {

/// Between people's hands and texts: those that do not fit a screen as they are, the way of the whole of them to other
/// programs, and what a key stands for.
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
    /// The letter on a key, "R", or "Space"; empty for other keys. Where the layout has no Latin letters, it is the one
    /// that a US keyboard has at that place (`scanCode`, as of X and Wayland): the letters on the buttons are Latin.
    Q_INVOKABLE [[nodiscard]] static QString letterOf(int key, int scanCode);
};

} // namespace rc::ui
