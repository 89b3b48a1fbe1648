// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/console.h"

#include <QSettings>

#include <algorithm>

namespace rc::ui {
namespace {

/// The last place at a store, by the store's uuid.
constexpr QLatin1StringView PlaceKey("place/");
/// After so long without a word of the engine the times are shown all the same.
constexpr std::chrono::milliseconds Silence{1'100};

} // namespace

Console::Console(EngineThread& engine, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_signIn(engine)
    , m_overview(engine)
    , m_incident(engine)
    , m_plan(engine)
{
    connect(&engine.engine(), &Engine::storeChanged, this, [this](const StoreView& store) {
        m_sight.store = store;
        showStore();
    });
    connect(&engine.engine(), &Engine::systemsChanged, this, [this](const SystemsView& systems) {
        m_sight.systems = systems;
        showTime();
    });
    connect(&engine.engine(), &Engine::stopped, this, [this] {
        m_stopped = true;
        Q_EMIT workChanged();
    });
    connect(&m_signIn, &SignInViewModel::actorChanged, this, [this] {
        if (m_signIn.signedIn() && !staysInHand()) {
            takeInHand();
        }
        showStore();
        if (m_signIn.signedIn()) {
            beginSomewhere();
        }
    });
    connect(&m_navigation, &Navigation::moved, this, &Console::followPlace);
    connect(&m_clock, &QTimer::timeout, this, &Console::showTime);
    m_clock.start(Silence);
}

void Console::showStore()
{
    m_sight.now = systemTime();
    m_sight.actor = actorNow();
    if (m_plan.planId().isEmpty()) {
        takeInHand();
    }
    m_signIn.show(m_sight);
    m_overview.showStore(m_sight.store);
    m_incident.show(m_sight);
    m_plan.show(m_sight);
    showWork();
    m_frame.show(m_sight);
    m_overview.show(m_sight);
    m_network.show(m_sight);
}

bool Console::staysInHand() const
{
    const auto* shown = m_sight.plan(PlanId(m_plan.planId()));
    const auto* urgent = m_sight.urgentPlan();
    return shown && shown->plan.isOpen() && !(urgent && interruptedStep(urgent->plan, m_sight.now));
}

void Console::followPlace()
{
    const auto& place = m_navigation.here();
    switch (Navigation::Page(place.page)) {
    case Navigation::Incident:
        if (place.subject.isEmpty()) {
            m_navigation.settle(m_incident.incidentId());
        }
        m_incident.setIncidentId(m_navigation.subject());
        break;
    case Navigation::Plan:
        if (place.subject.isEmpty()) {
            m_navigation.settle(m_plan.planId());
        }
        m_plan.setPlanId(m_navigation.subject());
        break;
    case Navigation::Graph:
        if (!place.subject.isEmpty()) {
            m_network.setSelected(place.subject);
        }
        break;
    case Navigation::Overview:
    case Navigation::Settings:
        break;
    }
    if (m_signIn.signedIn() && !m_sight.store.uuid.isEmpty()) {
        QSettings().setValue(PlaceKey + m_sight.store.uuid, Navigation::nameOf(m_navigation.here()));
    }
}

void Console::beginSomewhere()
{
    const auto& store = m_sight.store;
    const auto* urgent = m_sight.urgentPlan();
    if (urgent && interruptedStep(urgent->plan, m_sight.now)) {
        m_navigation.go(Navigation::Plan, urgent->plan.id.text());
        return;
    }
    if (std::exchange(m_begunAt, store.uuid) == store.uuid) {
        return; // they go on where the window is
    }
    const auto last = Navigation::named(QSettings().value(PlaceKey + store.uuid).toString());
    if (!last) {
        return;
    }
    const auto isSubject = [&last](const auto& one) { return one.id.text() == last->subject; };
    const bool isThere = last->page == Navigation::Incident ? std::ranges::any_of(store.incidents, isSubject)
                         : last->page == Navigation::Plan   ? std::ranges::any_of(store.plans, isSubject)
                                                            : true;
    if (isThere) {
        m_navigation.go(Navigation::Page(last->page), last->subject);
    }
}

void Console::takeInHand()
{
    if (const auto* urgent = m_sight.urgentPlan()) {
        m_plan.setPlanId(urgent->plan.id.text());
    }
}

std::optional<Actor> Console::actorNow() const
{
    const auto& people = m_sight.store.operators;
    const auto& id = m_signIn.signedIn();
    const auto person = id ? std::ranges::find(people, *id, &Operator::id) : people.end();
    if (person == people.end() || !person->enabled) {
        return std::nullopt;
    }
    return Actor{*id, person->rolesAt(m_sight.now)};
}

void Console::showTime()
{
    // The engine tells how the systems are every second; the clock goes on where it does not.
    m_clock.start(Silence);
    m_sight.now = systemTime();
    if (actorNow() != m_sight.actor) {
        return showStore(); // a role has ended
    }
    m_frame.show(m_sight);
    m_overview.show(m_sight);
    m_incident.showTime(m_sight);
    m_plan.showTime(m_sight);
    m_network.show(m_sight);
}

void Console::showWork()
{
    QStringList plans;
    for (const auto& shown : m_sight.store.shownPlans) {
        if (shown.runsHere) {
            plans.append(shown.plan.id.text());
        }
    }
    QString work;
    if (!plans.isEmpty()) {
        work = QString("%1 at work in this window. Closing it stops the work in good order: what is under way ends as "
                       "failed, and can be tried again later. The plan stays open.")
                   .arg(plans.join(" and ") + (plans.size() == 1 ? QString(" is") : QString(" are")));
    }
    if (work != m_work) {
        m_work = work;
        Q_EMIT workChanged();
    }
}

void Console::stop()
{
    m_stopping = true;
    Q_EMIT workChanged();
    m_engine.tell([](Engine& engine) { engine.stop(); });
}

} // namespace rc::ui
