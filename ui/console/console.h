// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/appearance.h"
#include "ui/console/frame_view_model.h"
#include "ui/console/incident_view_model.h"
#include "ui/console/navigation.h"
#include "ui/console/network_view_model.h"
#include "ui/console/overview_view_model.h"
#include "ui/console/plan_view_model.h"
#include "ui/console/sign_in_view_model.h"

#include <QTimer>

namespace rc::ui {

/// The view models of one window over one engine: joins what the engine tells into one sight and shows it to all of
/// them at once when something changed; what shows ages and times, every second besides.
class Console : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program.")
    Q_PROPERTY(rc::ui::SignInViewModel* signIn READ signIn CONSTANT FINAL)
    Q_PROPERTY(rc::ui::FrameViewModel* frame READ frame CONSTANT FINAL)
    Q_PROPERTY(rc::ui::OverviewViewModel* overview READ overview CONSTANT FINAL)
    Q_PROPERTY(rc::ui::IncidentViewModel* incident READ incident CONSTANT FINAL)
    Q_PROPERTY(rc::ui::PlanViewModel* plan READ plan CONSTANT FINAL)
    /// Why the window cannot just be closed: what runs here, and what closing means for it; empty when nothing runs.
    Q_PROPERTY(QString work READ work NOTIFY workChanged FINAL)
    /// What runs here is being ended.
    Q_PROPERTY(bool stopping READ stopping NOTIFY workChanged FINAL)
    /// It has ended, for good.
    Q_PROPERTY(bool stopped READ stopped NOTIFY workChanged FINAL)
    Q_PROPERTY(rc::ui::NetworkViewModel* network READ network CONSTANT FINAL)
    Q_PROPERTY(rc::ui::Navigation* navigation READ navigation CONSTANT FINAL)
    Q_PROPERTY(rc::ui::Appearance* appearance READ appearance CONSTANT FINAL)

public:
    explicit Console(EngineThread& engine, QObject* parent = nullptr);

    [[nodiscard]] SignInViewModel* signIn() { return &m_signIn; }
    [[nodiscard]] FrameViewModel* frame() { return &m_frame; }
    [[nodiscard]] OverviewViewModel* overview() { return &m_overview; }
    [[nodiscard]] IncidentViewModel* incident() { return &m_incident; }
    [[nodiscard]] PlanViewModel* plan() { return &m_plan; }
    [[nodiscard]] QString work() const { return m_work; }
    [[nodiscard]] bool stopping() const { return m_stopping; }
    [[nodiscard]] bool stopped() const { return m_stopped; }
    [[nodiscard]] NetworkViewModel* network() { return &m_network; }
    [[nodiscard]] Navigation* navigation() { return &m_navigation; }
    /// All that the pages are made from now.
    [[nodiscard]] const Sight& sight() const { return m_sight; }
    [[nodiscard]] Appearance* appearance() { return &m_appearance; }

    /// Ends what runs here, in good order; `stopped` says when. Nothing can be done here any more after that.
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void workChanged();

private:
    /// Whoever signs in goes on with the plan on the page: it is open, and none that is more urgent was interrupted.
    [[nodiscard]] bool staysInHand() const;
    /// The pages are about what the place is about.
    void followPlace();
    /// Where the one who has signed in begins: where they were the last time at this store, unless a plan was
    /// interrupted.
    void beginSomewhere();
    /// The plan's page turns to the open plan that people should look at first.
    void takeInHand();
    /// Who is signed in, with the roles in force at the time of the sight.
    [[nodiscard]] std::optional<Actor> actorNow() const;
    /// What the store and the one who is signed in change.
    void showStore();
    /// What time changes, and how the systems are.
    void showTime();
    void showWork();

    EngineThread& m_engine;
    Appearance m_appearance;
    SignInViewModel m_signIn;
    FrameViewModel m_frame;
    OverviewViewModel m_overview;
    IncidentViewModel m_incident;
    PlanViewModel m_plan;
    NetworkViewModel m_network;
    Navigation m_navigation;
    Sight m_sight;
    QTimer m_clock;
    QString m_work;
    /// The store whose last place was gone to.
    QString m_begunAt;
    bool m_stopping = false;
    bool m_stopped = false;
};

} // namespace rc::ui
