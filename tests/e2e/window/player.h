// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/console_window.h"

#include <QJsonDocument>

namespace rc::drill {

/// Where a drill is played and what it leaves behind.
struct Stage
{
    /// Folder of the programs.
    QString programs;
    QString home;
    /// Folder of the screenshots and the PDF.
    QString output;
    int portBase = 0;
    /// Real key events of the X server by xdotool, instead of events put into the window.
    bool throughX = false;
    /// A drill that was played here before, and died, is carried to its end.
    bool resume = false;
    /// Each picture in both themes and three sizes, in a folder each.
    bool gallery = false;
    /// So many pictures are there already, or were meant to be.
    int pictures = 0;
};

/// Hands at the keyboard and eyes on the window. The first thing that does not come about throws Failed.
class Player
{
public:
    struct Failed
    {
        QString sentence;
    };

    Player(Stage stage, ConsoleWindow& desk, WallWindow& wall);

    [[nodiscard]] const Stage& stage() const { return m_stage; }
    [[nodiscard]] ui::Console& console() { return m_desk.console(); }
    [[nodiscard]] ui::WallViewModel& wall() { return m_wall.wall(); }

    /// One line for who watches the terminal.
    static void say(const QString& sentence);
    /// Waits, with the window alive.
    void until(const QString& what, const std::function<bool()>& come, int seconds = 60);
    /// So that keys come to the window.
    void takeFocus();
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString& text);
    /// Goes on by Tab until what has the focus has this `text` or `objectName`.
    void tabTo(const QString& name);
    /// Waits until the focus is there by itself.
    void untilFocus(const QString& name);
    /// The window as it is now, as OUTPUT/NN-name.png; nothing in it may lie on something else.
    void shoot(const QString& name);
    /// The same of the wall.
    void shootWall(const QString& name);

    /// Makes a person's passphrase, in HOME/passphrase-ID, unless they have one.
    void makePassphrase(const QString& id);
    [[nodiscard]] QString passphrase(const QString& id) const;
    /// What a colleague does with recoveryctl meanwhile; nobody in particular if `who` is empty.
    QJsonDocument ctl(const QString& who, const QStringList& arguments, int exit = 0);

private:
    [[nodiscard]] QString focused() const;
    void shootWindow(QQuickWindow* window, const QString& name);
    static void save(QQuickWindow* window, const QString& file);
    /// Runs xdotool, and waits until so many keys have come.
    void pressInX(const QStringList& arguments, qsizetype keys, const QByteArray& input = {});

    Stage m_stage;
    ConsoleWindow& m_desk;
    WallWindow& m_wall;
    int m_shots;
};

} // namespace rc::drill
