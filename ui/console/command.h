// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QStringList>

namespace rc::ui {

/// Something that a person can have done by key, from the palette or by a button: declared once, and shown everywhere
/// with the same words, key and reason why not.
class Command : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// "plan.pause".
    Q_PROPERTY(QString name MEMBER name NOTIFY changed FINAL)
    /// What is done: "Pause the plan …", with "…" where something is asked before.
    Q_PROPERTY(QString title MEMBER title NOTIFY changed FINAL)
    /// What it belongs to: "Go to", "Plan".
    Q_PROPERTY(QString group MEMBER group NOTIFY changed FINAL)
    /// Each of them does it: "Ctrl+R".
    Q_PROPERTY(QStringList keys MEMBER keys NOTIFY changed FINAL)
    /// Why it cannot be done now; empty when it can.
    Q_PROPERTY(QString obstacle MEMBER obstacle NOTIFY changed FINAL)
    /// Its keys are heard under a question as well.
    Q_PROPERTY(bool everywhere MEMBER everywhere NOTIFY changed FINAL)
    Q_PROPERTY(QString keyText READ keyText NOTIFY changed FINAL)
    /// It makes sense here and now, whether or not it can be done.
    Q_PROPERTY(bool offered MEMBER offered NOTIFY changed FINAL)

public:
    using QObject::QObject;

    /// Does it, or says why not.
    Q_INVOKABLE void trigger();
    /// Its first key as the desktop writes it.
    [[nodiscard]] QString keyText() const;

    QString name;
    QString title;
    QString group;
    QStringList keys;
    QString obstacle;
    bool everywhere = false;
    bool offered = true;

Q_SIGNALS:
    void changed();
    void triggered();
    void refused(const QString& sentence);
};

} // namespace rc::ui
