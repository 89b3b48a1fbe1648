// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/window/player.h"
#include "tests/e2e/window/looks.h"

#include "tests/support/layout_faults.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QKeySequence>
#include <QProcess>
#include <QQuickItem>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTest>

#include <cstdio>

namespace rc::drill {
namespace {

/// xdotool's name of a key.
QString nameInX(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    static const QHash<Qt::Key, QString> names{
        {Qt::Key_Return, "Return"}, {Qt::Key_Escape, "Escape"}, {Qt::Key_Space, "space"}, {Qt::Key_Tab, "Tab"},
        {Qt::Key_Backtab, "Tab"},   {Qt::Key_Left, "Left"},     {Qt::Key_Right, "Right"}, {Qt::Key_Up, "Up"},
        {Qt::Key_Down, "Down"},     {Qt::Key_Comma, "comma"},   {Qt::Key_F1, "F1"}};
    const QString name = names.value(key, QKeySequence(key).toString().toLower());
    QString prefix;
    if (modifiers.testFlag(Qt::ControlModifier)) {
        prefix += "ctrl+";
    }
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        prefix += "shift+";
    }
    if (modifiers.testFlag(Qt::AltModifier)) {
        prefix += "alt+";
    }
    return prefix + name;
}

/// Counts the keys that have come to a window from the X server, without Control, Shift and Alt.
class KeysSeen : public QObject
{
public:
    explicit KeysSeen(QWindow* window) { window->installEventFilter(this); }
    [[nodiscard]] qsizetype count() const { return m_count; }

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::KeyRelease) {
            const int key = static_cast<QKeyEvent*>(event)->key();
            m_count +=
                key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt || key == Qt::Key_Meta ? 0 : 1;
        }
        return false;
    }

private:
    qsizetype m_count = 0;
};

} // namespace

Player::Player(Stage stage, ConsoleWindow& desk, WallWindow& wall)
    : m_stage(std::move(stage))
    , m_desk(desk)
    , m_wall(wall)
    , m_shots(m_stage.pictures)
{
}

void Player::takeFocus()
{
    m_desk.window()->requestActivate();
    if (m_stage.throughX) {
        // There is no window manager to give it the focus.
        until("the window on the screen", [&] { return m_desk.window()->isExposed(); });
        pressInX({"windowfocus", "--sync", QString::number(m_desk.window()->winId())}, 0);
    }
}

void Player::say(const QString& sentence)
{
    std::printf("  %s\n", qUtf8Printable(sentence));
    std::fflush(stdout);
}

void Player::until(const QString& what, const std::function<bool()>& come, int seconds)
{
    if (!QTest::qWaitFor(come, seconds * 1000)) {
        shoot("failed");
        throw Failed{QString("Waited %1 s in vain for this: %2.").arg(seconds).arg(what)};
    }
}

void Player::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    if (m_stage.throughX) {
        return pressInX({"key", nameInX(key, modifiers)}, 1);
    }
    QTest::keyClick(m_desk.window(), key, modifiers);
}

void Player::type(const QString& text)
{
    if (m_stage.throughX) {
        return pressInX({"type", "--file", "-"}, text.size(), text.toUtf8());
    }
    for (const QChar character : text) {
        QTest::sendKeyEvent(QTest::Click, m_desk.window(), Qt::Key_unknown, QString(character), Qt::NoModifier);
    }
}

void Player::pressInX(const QStringList& arguments, qsizetype keys, const QByteArray& input)
{
    const KeysSeen seen(m_desk.window());
    QProcess process;
    process.start("xdotool", arguments);
    process.write(input);
    process.closeWriteChannel();
    until("xdotool", [&] { return process.state() == QProcess::NotRunning; });
    if (process.error() != QProcess::UnknownError || process.exitCode() != 0) {
        throw Failed{"xdotool: " + QString::fromUtf8(process.readAllStandardError())};
    }
    until("the keys", [&] { return seen.count() >= keys; });
}

QString Player::focused() const
{
    // The focus may be inside a control; the names are the control's.
    for (const auto* item = m_desk.window()->activeFocusItem(); item; item = item->parentItem()) {
        for (const char* name : {"objectName", "text"}) {
            const auto text = item->property(name).toString();
            if (!text.isEmpty() && !item->inherits("QQuickText") && !item->inherits("QQuickTextInput")) {
                return text;
            }
        }
    }
    return {};
}

void Player::tabTo(const QString& name)
{
    QStringList seen;
    for (int i = 0; i < 60; ++i) {
        if (focused() == name) {
            return;
        }
        key(Qt::Key_Tab);
        seen.append(focused());
    }
    shoot("failed");
    throw Failed{QString("Tab never came to \"%1\", but to: %2.").arg(name, seen.join(", "))};
}

void Player::untilFocus(const QString& name)
{
    until(QString("the focus on \"%1\"").arg(name), [&] { return focused() == name; });
}

void Player::save(QQuickWindow* window, const QString& file)
{
    QSignalSpy frames(window, &QQuickWindow::frameSwapped);
    window->update();
    if (!frames.wait()) {
        throw Failed{"The window draws nothing."};
    }
    // A chart takes its new size with one frame and is drawn for a later one: until the window is at rest.
    for (int more = 0; more < 10 && frames.wait(100); ++more) {
    }
    if (!QDir().mkpath(QFileInfo(file).path()) || !window->grabWindow().save(file)) {
        throw Failed{file + " cannot be written."};
    }
    if (const auto faults = test::layoutFaults(*window->contentItem()); !faults.isEmpty()) {
        throw Failed{file + ": " + faults.join("; ")};
    }
}

void Player::shootWindow(QQuickWindow* window, const QString& name)
{
    const QString file = QString("%1-%2.png").arg(QString("%1").arg(++m_shots, 2, 10, QChar(u'0')), name);
    if (!m_stage.gallery) {
        return save(window, m_stage.output + "/" + file);
    }
    for (const auto& look : looks()) {
        console().appearance()->setChoice(look.choice);
        console().appearance()->setZoom(look.zoom);
        m_wall.window()->setProperty("shade", console().appearance()->shade());
        window->resize(look.size);
        save(window, m_stage.output + "/" + look.name + "/" + file);
    }
}

void Player::shoot(const QString& name)
{
    shootWindow(m_desk.window(), name);
}

void Player::shootWall(const QString& name)
{
    shootWindow(m_wall.window(), "wall-" + name);
}

void Player::makePassphrase(const QString& id)
{
    QSaveFile file(m_stage.home + "/passphrase-" + id);
    if (QFile::exists(file.fileName())) {
        return;
    }
    const auto secret = QByteArray::number(QRandomGenerator::system()->generate64(), 36);
    const bool opened = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (!opened || file.write(secret + "\n") < 0 || !file.commit()) {
        throw Failed{file.fileName() + " cannot be written."};
    }
}

QString Player::passphrase(const QString& id) const
{
    QFile file(m_stage.home + "/passphrase-" + id);
    if (!file.open(QIODevice::ReadOnly)) {
        throw Failed{file.fileName() + " cannot be read."};
    }
    return QString::fromUtf8(file.readAll()).trimmed();
}

QJsonDocument Player::ctl(const QString& who, const QStringList& arguments, int exit)
{
    QStringList all{"--home", m_stage.home, "--json"};
    if (!who.isEmpty()) {
        all += {"--as", who, "--passphrase-file", m_stage.home + "/passphrase-" + who};
    }
    QProcess process;
    process.start(m_stage.programs + "/recoveryctl", all + arguments);
    until(arguments.join(' '), [&] { return process.state() == QProcess::NotRunning; }, 120);
    if (process.error() != QProcess::UnknownError || process.exitCode() != exit) {
        throw Failed{arguments.join(' ') + ": " + QString::fromUtf8(process.readAllStandardError())};
    }
    return QJsonDocument::fromJson(process.readAllStandardOutput());
}

} // namespace rc::drill
