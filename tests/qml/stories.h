// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/qml/heard_plan.h"
#include "tests/support/sight_story.h"
#include "ui/console/incident_view_model.h"
#include "ui/console/network_view_model.h"
#include "ui/console/sign_in_view_model.h"
#include "ui/console/wall_view_model.h"

#include <QTemporaryDir>

namespace rc::test {

/// The real view models, shown what a test wants to see on a page. Their engine is started by foundHome() alone.
class Stories : public QObject
{
    Q_OBJECT
    Q_PROPERTY(rc::ui::SignInViewModel* signIn READ signIn CONSTANT FINAL)
    Q_PROPERTY(rc::ui::FrameViewModel* frame READ frame CONSTANT FINAL)
    Q_PROPERTY(rc::ui::OverviewViewModel* overview READ overview CONSTANT FINAL)
    Q_PROPERTY(rc::ui::IncidentViewModel* incident READ incident CONSTANT FINAL)
    Q_PROPERTY(rc::ui::PlanViewModel* plan READ plan CONSTANT FINAL)
    /// The same plan, acts on which go no further.
    Q_PROPERTY(rc::test::HeardPlan* heard READ heard CONSTANT FINAL)
    Q_PROPERTY(rc::ui::NetworkViewModel* systems READ systems CONSTANT FINAL)
    Q_PROPERTY(rc::ui::WallViewModel* wall READ wall CONSTANT FINAL)
    /// 300 characters with markup, and one from right to left.
    Q_PROPERTY(QString longName READ longName CONSTANT FINAL)
    Q_PROPERTY(QString rightToLeft READ rightToLeft CONSTANT FINAL)

public:
    using QObject::QObject;
    ~Stories() override { m_engine.stop(); }

    [[nodiscard]] ui::SignInViewModel* signIn() { return &m_signIn; }
    [[nodiscard]] ui::FrameViewModel* frame() { return &m_frame; }
    [[nodiscard]] ui::OverviewViewModel* overview() { return &m_overview; }
    [[nodiscard]] ui::IncidentViewModel* incident() { return &m_incident; }
    [[nodiscard]] ui::PlanViewModel* plan() { return &m_plan; }
    [[nodiscard]] HeardPlan* heard() { return &m_heard; }
    [[nodiscard]] ui::NetworkViewModel* systems() { return &m_systems; }
    [[nodiscard]] ui::WallViewModel* wall() { return &m_wall; }
    [[nodiscard]] static QString longName() { return "<b>bold</b> &amp; " + QString(282, u'x'); }
    [[nodiscard]] static QString rightToLeft() { return QString::fromUtf8("שרשרת הבלוקים"); }

    /// An empty home.
    Q_INVOKABLE void emptyHome();
    /// A store with olga and ben and nothing else; nobody is signed in.
    Q_INVOKABLE void quietStore();
    /// A store that cannot be opened, for this reason.
    Q_INVOKABLE void uselessStore(const QString& reason);
    /// A real home with olga and INC-1, and an engine that answers.
    Q_INVOKABLE void foundHome();
    /// The procedure `paper` of that home is put away, or back.
    Q_INVOKABLE void hideProcedure(bool hidden);
    /// The first incident had a plan, which is over.
    Q_INVOKABLE void endPlan(const QString& id);
    /// So many systems, all healthy, and so many incidents.
    Q_INVOKABLE void network(int systems, int incidents);
    /// The names of the first system and the first incident become this.
    Q_INVOKABLE void rename(const QString& name);
    Q_INVOKABLE void breakSystem(int index, const QString& reason);
    /// The monitor proposes an incident; this person looks.
    Q_INVOKABLE void propose(const QString& title, const QString& who = "olga");
    /// The checks of all systems were made so long ago, and there are none due.
    Q_INVOKABLE void lastLook(int seconds);
    /// Nothing has been heard of the systems for so long.
    Q_INVOKABLE void silence(int seconds);
    /// A plan as it has just been started, of so many manual steps after the first; `who` looks at it.
    Q_INVOKABLE void startPlan(int steps, const QString& who);
    /// So many plans as they have just been started; nobody looks at one of them.
    Q_INVOKABLE void startPlans(int count);
    /// A plan whose step waits for a second person.
    Q_INVOKABLE void awaitApproval();
    /// A plan whose ready step cannot be taken back, and an engine that answers.
    Q_INVOKABLE void irreversible();
    /// A plan in this situation (plan_situations.h), looked at by this person. Where it runs it does so here, or in a
    /// situation that ends so, elsewhere.
    Q_INVOKABLE void situation(const QString& name, const QString& who = "olga");
    /// The step `restore`, which runs, is done.
    Q_INVOKABLE void goOn();
    /// As the work on the plan would say it.
    Q_INVOKABLE void say(const QString& line);
    /// Whoever runs the plan does so on a machine of this name.
    Q_INVOKABLE void runOn(const QString& host);
    /// The procedure promises an end so many hours after the containment, which was an hour and a half ago.
    Q_INVOKABLE void promise(int hours);
    /// The plan is a rehearsal after all.
    Q_INVOKABLE void rehearse();
    /// The first step is done.
    Q_INVOKABLE void tick();
    /// What was copied last.
    Q_INVOKABLE static QString clipboard();
    /// A key of another layout, by its code and its place on the keyboard.
    Q_INVOKABLE static void pressKey(int key, int scanCode);
    /// A key that is still held, as the keyboard repeats it.
    Q_INVOKABLE static void repeatKey(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

private:
    void show();

    QTemporaryDir m_home;
    ui::EngineThread m_engine{{m_home.filePath("home"), {}}, EngineMode::Act};
    ui::SignInViewModel m_signIn{m_engine};
    ui::FrameViewModel m_frame;
    ui::OverviewViewModel m_overview{m_engine};
    ui::IncidentViewModel m_incident{m_engine};
    ui::PlanViewModel m_plan{m_engine};
    HeardPlan m_heard{m_engine};
    ui::NetworkViewModel m_systems;
    ui::WallViewModel m_wall{m_engine};
    ui::Sight m_sight;
    std::optional<PlanRun> m_run;
    std::optional<Incident> m_found;
};

} // namespace rc::test
