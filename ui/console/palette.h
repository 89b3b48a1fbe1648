// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/row_model.h"
#include "ui/console/command.h"
#include "ui/console/console.h"

#include <QPointer>
#include <QQmlListProperty>

namespace rc::ui {

/// Something that was found: a command, or a place to go to.
class FoundRow
{
    Q_GADGET
    QML_VALUE_TYPE(foundRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    /// "Plan", "Incident", "System": what it is, or belongs to.
    Q_PROPERTY(QString group MEMBER group FINAL)
    Q_PROPERTY(QString title MEMBER title FINAL)
    Q_PROPERTY(QString detail MEMBER detail FINAL)
    Q_PROPERTY(QString keyText MEMBER keyText FINAL)
    /// Why it cannot be done now.
    Q_PROPERTY(QString obstacle MEMBER obstacle FINAL)

public:
    QString key;
    QString group;
    QString title;
    QString detail = {};
    QString keyText = {};
    QString obstacle = {};

    friend bool operator==(const FoundRow&, const FoundRow&) = default;
};

/// All commands of the window, and what can be found by typing: commands, incidents, plans, systems, procedures.
class Palette : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_CLASSINFO("DefaultProperty", "commands")
    Q_PROPERTY(rc::ui::Console* desk MEMBER m_desk NOTIFY deskChanged REQUIRED FINAL)
    Q_PROPERTY(QQmlListProperty<rc::ui::Command> commands READ commands CONSTANT FINAL)
    /// Somebody looks at what is found; it is kept up to date meanwhile.
    Q_PROPERTY(bool open READ isOpen WRITE setOpen NOTIFY openChanged FINAL)
    Q_PROPERTY(QString typed READ typed WRITE setTyped NOTIFY typedChanged FINAL)
    /// Best first; with nothing typed, what can be done now.
    Q_PROPERTY(rc::ui::RowModelBase* found READ found CONSTANT FINAL)
    /// Every command that has a key, by group.
    Q_PROPERTY(rc::ui::RowModelBase* keys READ keys CONSTANT FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] QQmlListProperty<Command> commands() { return {this, &m_commands}; }
    [[nodiscard]] bool isOpen() const { return m_open; }
    void setOpen(bool open);
    [[nodiscard]] QString typed() const { return m_typed; }
    void setTyped(const QString& typed);
    [[nodiscard]] RowModelBase* found() { return &m_found; }
    [[nodiscard]] RowModelBase* keys() { return &m_keys; }

    /// Does or opens what was found; nothing where it cannot be done.
    Q_INVOKABLE void take(const QString& key);
    Q_INVOKABLE void showKeys();

Q_SIGNALS:
    void deskChanged();
    void openChanged();
    void typedChanged();

private:
    void refresh();

    Console* m_desk = nullptr;
    QList<Command*> m_commands;
    bool m_open = false;
    QString m_typed;
    RowModel<FoundRow> m_found;
    RowModel<FoundRow> m_keys;
};

} // namespace rc::ui
