// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/appearance.h"

#include <QEvent>
#include <QGuiApplication>
#include <QMetaEnum>
#include <QPalette>
#include <QSettings>

#include <algorithm>
#include <array>

namespace rc::ui {
namespace {

constexpr QLatin1StringView ChoiceKey("appearance/theme");
constexpr QLatin1StringView ZoomKey("appearance/zoom");
constexpr std::array Steps{80, 90, 100, 110, 125, 150, 175, 200};

int nearestStep(int percent)
{
    return *std::ranges::min_element(Steps, {}, [percent](int step) { return std::abs(step - percent); });
}

Appearance::Choice keptChoice()
{
    bool known = false;
    const auto name = QSettings().value(ChoiceKey).toString().toLatin1();
    const int value = QMetaEnum::fromType<Appearance::Choice>().keyToValue(name.constData(), &known);
    return known ? Appearance::Choice(value) : Appearance::AsDesktop;
}

/// What the desktop says of itself by its palette; Qt 6.4 has no other word for it.
Appearance::Shade shadeOf(Appearance::Choice choice)
{
    switch (choice) {
    case Appearance::AlwaysLight:
        return Appearance::Light;
    case Appearance::AlwaysDark:
        return Appearance::Dark;
    case Appearance::AlwaysHighContrast:
        return Appearance::HighContrast;
    case Appearance::AsDesktop:
        break;
    }
    return QGuiApplication::palette().window().color().lightness() < 128 ? Appearance::Dark : Appearance::Light;
}

} // namespace

Appearance::Appearance(QObject* parent)
    : QObject(parent)
    , m_choice(keptChoice())
    , m_shade(shadeOf(m_choice))
    , m_zoom(nearestStep(QSettings().value(ZoomKey, 100).toInt()))
{
    qApp->installEventFilter(this);
}

void Appearance::setChoice(Choice choice)
{
    if (choice == m_choice) {
        return;
    }
    m_choice = choice;
    QSettings().setValue(ChoiceKey, QMetaEnum::fromType<Choice>().valueToKey(choice));
    m_shade = shadeOf(choice);
    Q_EMIT changed();
}

void Appearance::setZoom(int percent)
{
    if (const int step = nearestStep(percent); step != m_zoom) {
        m_zoom = step;
        QSettings().setValue(ZoomKey, step);
        Q_EMIT changed();
    }
}

void Appearance::zoomBy(int steps)
{
    const auto at = std::ranges::find(Steps, m_zoom) - Steps.begin();
    setZoom(Steps[std::size_t(std::clamp<qsizetype>(at + steps, 0, qsizetype(Steps.size()) - 1))]);
}

void Appearance::toggleDark()
{
    setChoice(m_shade == Light ? AlwaysDark : AlwaysLight);
}

bool Appearance::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && m_choice == AsDesktop && shadeOf(m_choice) != m_shade) {
        m_shade = shadeOf(m_choice);
        Q_EMIT changed();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace rc::ui
