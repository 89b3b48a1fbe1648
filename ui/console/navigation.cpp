// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/navigation.h"

#include <QMetaEnum>

namespace rc::ui {
namespace {

/// Nobody goes back further.
constexpr qsizetype MostPlaces = 100;

QMetaEnum pages()
{
    return QMetaEnum::fromType<Navigation::Page>();
}

} // namespace

QString Navigation::nameOf(const Place& place)
{
    const auto page = QString::fromLatin1(pages().valueToKey(place.page)).toLower();
    return place.subject.isEmpty() ? page : page + "/" + place.subject;
}

std::optional<Place> Navigation::named(const QString& name)
{
    const auto page = name.section('/', 0, 0);
    for (int i = 0; i < pages().keyCount(); ++i) {
        if (page.compare(QLatin1StringView(pages().key(i)), Qt::CaseInsensitive) == 0) {
            return Place{pages().value(i), name.section('/', 1)};
        }
    }
    return std::nullopt;
}

void Navigation::go(Page page, const QString& subject)
{
    const bool isHere = page == this->page() && (subject.isEmpty() || subject == this->subject());
    if (const Place place{page, subject}; !isHere) {
        m_places.resize(m_at + 1);
        m_places.append(place);
        if (m_places.size() > MostPlaces) {
            m_places.removeFirst();
        }
        m_at = m_places.size() - 1;
    }
    Q_EMIT moved();
}

void Navigation::back()
{
    if (canGoBack()) {
        --m_at;
        Q_EMIT moved();
    }
}

void Navigation::forward()
{
    if (canGoForward()) {
        ++m_at;
        Q_EMIT moved();
    }
}

void Navigation::settle(const QString& subject)
{
    m_places[m_at].subject = subject;
}

} // namespace rc::ui
