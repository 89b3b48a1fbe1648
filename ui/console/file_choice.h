// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlEngine>

namespace rc::ui {

/// Lets a person choose a file that is there, in the dialog of their desktop.
class FileChoice : public QObject
{
    Q_OBJECT
    QML_ELEMENT

public:
    using QObject::QObject;

    /// Asks; chosen() follows unless they think better of it.
    Q_INVOKABLE void ask(const QString& title);

Q_SIGNALS:
    void chosen(const QString& path);
};

} // namespace rc::ui
