// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlEngine>

namespace rc::ui {

/// How the window looks to the person at it, as they left it: light or dark, and how large. Kept in the settings of the
/// program, for all homes.
class Appearance : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    Q_PROPERTY(rc::ui::Appearance::Choice choice READ choice WRITE setChoice NOTIFY changed FINAL)
    /// What comes of the choice.
    Q_PROPERTY(rc::ui::Appearance::Shade shade READ shade NOTIFY changed FINAL)
    /// In percent, 80 to 200: text, rows and spaces, on top of what the screen itself asks for.
    Q_PROPERTY(int zoom READ zoom WRITE setZoom NOTIFY changed FINAL)

public:
    enum Shade {
        Light,
        Dark,
        HighContrast,
    };
    Q_ENUM(Shade)
    enum Choice {
        AsDesktop,
        AlwaysLight,
        AlwaysDark,
        AlwaysHighContrast,
    };
    Q_ENUM(Choice)

    explicit Appearance(QObject* parent = nullptr);

    [[nodiscard]] Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    [[nodiscard]] Shade shade() const { return m_shade; }
    [[nodiscard]] int zoom() const { return m_zoom; }
    /// The nearest of the steps.
    void setZoom(int percent);
    /// So many steps larger, or smaller.
    Q_INVOKABLE void zoomBy(int steps);
    /// From a light one to the dark one, and back.
    Q_INVOKABLE void toggleDark();

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void changed();

private:
    Choice m_choice;
    Shade m_shade;
    int m_zoom;
};

} // namespace rc::ui
