// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QQmlEngine>

#include <optional>

namespace rc::ui {

/// Where in the console a person is: a page, and what it is about.
struct Place
{
    int page = 0;
    /// An incident, a plan, a system; empty where the page is not about one thing, or about the one in hand.
    QString subject = {};

    friend bool operator==(const Place&, const Place&) = default;
};

/// The way through the pages, with back and forward. A place has a name, "plan/PLAN-1", by which it can be opened from
/// outside and found again the next time.
class Navigation : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    Q_PROPERTY(rc::ui::Navigation::Page page READ page NOTIFY moved FINAL)
    Q_PROPERTY(QString subject READ subject NOTIFY moved FINAL)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY moved FINAL)
    Q_PROPERTY(bool canGoForward READ canGoForward NOTIFY moved FINAL)

public:
    enum Page {
        Overview,
        Incident,
        Plan,
        Graph,
        Settings,
    };
    Q_ENUM(Page)

    using QObject::QObject;

    [[nodiscard]] Page page() const { return Page(here().page); }
    [[nodiscard]] QString subject() const { return here().subject; }
    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_places.size(); }
    [[nodiscard]] const Place& here() const { return m_places[m_at]; }
    /// "overview", "plan/PLAN-1".
    [[nodiscard]] static QString nameOf(const Place& place);
    [[nodiscard]] static std::optional<Place> named(const QString& name);

    /// Goes there. What was ahead is ahead no more.
    Q_INVOKABLE void go(rc::ui::Navigation::Page page, const QString& subject = {});
    Q_INVOKABLE void back();
    Q_INVOKABLE void forward();
    /// The place is about this after all: what was in hand when it was opened.
    void settle(const QString& subject);

Q_SIGNALS:
    /// Somebody is somewhere else now, or wants to be where they are.
    void moved();

private:
    /// Never empty.
    QList<Place> m_places{Place{}};
    qsizetype m_at = 0;
};

} // namespace rc::ui
