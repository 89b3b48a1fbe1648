// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlEngine>

namespace rc::ui {

/// How something stands, for the eye: grey is normal, colour asks to be looked at.
class Tone : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Names only.")

public:
    enum Value {
        Normal,
        Done,
        Active,
        Attention,
        Danger,
        Unknown,
        Skipped,
        Undone,
    };
    Q_ENUM(Value)
};

} // namespace rc::ui
