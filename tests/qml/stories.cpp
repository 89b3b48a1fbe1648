// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/qml/stories.h"

#include "tests/qml/plan_situations.h"
#include "tests/support/desk_story.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QWindow>

namespace rc::test {
namespace {

Actor personOf(const QString& id)
{
    const QList<Actor> people{olga, ben, nora, eve};
    return *std::ranges::find(people, OperatorId(id), &Actor::id);
}

} // namespace

void Stories::show()
{
    m_signIn.show(m_sight);
    m_frame.show(m_sight);
    m_overview.showStore(m_sight.store);
    m_overview.show(m_sight);
    m_incident.show(m_sight);
    m_plan.show(m_sight);
    m_heard.setPlanId(m_plan.planId());
    m_heard.show(m_sight);
    m_systems.show(m_sight);
    m_wall.show(m_sight);
}

void Stories::emptyHome()
{
    m_sight = {};
    m_sight.now = systemTime();
    m_sight.store.state = StoreState::Absent;
    m_sight.store.path = m_home.filePath("home");
    m_sight.systems.trouble = "There is no inventory.";
    show();
}

void Stories::quietStore()
{
    network(0, 0);
    for (const auto& actor : {olga, ben}) {
        Operator person;
        person.id = actor.id;
        person.name = actor.id.text();
        person.roles = actor.roles;
        person.enabled = true;
        m_sight.store.operators.append(person);
    }
    show();
}

void Stories::uselessStore(const QString& reason)
{
    emptyHome();
    m_sight.store.state = StoreState::Unusable;
    m_sight.store.trouble = reason;
    show();
}

void Stories::foundHome()
{
    if (!m_found) {
        m_found = test::foundHome(m_engine, m_home.filePath("home"));
    }
    network(1, 0);
    m_sight.store.path = m_home.filePath("home");
    m_sight.store.incidents = {*m_found};
    m_sight.actor = olga;
    show();
}

void Stories::hideProcedure(bool hidden)
{
    const QString file = m_home.filePath("home/procedures/paper.yaml");
    QFile::rename(hidden ? file : file + ".hidden", hidden ? file + ".hidden" : file);
}

void Stories::endPlan(const QString& id)
{
    m_sight.store.plans = {{PlanId(id), m_sight.store.incidents.first().id, {}, PlanStatus::Completed, {}, {}}};
    show();
}

void Stories::network(int systems, int incidents)
{
    m_sight = networkOf(systems);
    for (int i = 0; i < incidents; ++i) {
        Incident incident;
        incident.id = IncidentId(QString("INC-%1").arg(i + 1));
        incident.title = QString("Incident %1").arg(i + 1);
        incident.openedAt = m_sight.now;
        m_sight.store.incidents.append(incident);
    }
    show();
}

void Stories::rename(const QString& name)
{
    if (!m_sight.systems.inventory.systems.isEmpty()) {
        m_sight.systems.inventory.systems.first().name = name;
    }
    if (!m_sight.store.incidents.isEmpty()) {
        m_sight.store.incidents.first().title = name;
    }
    show();
}

void Stories::breakSystem(int index, const QString& reason)
{
    auto& health = m_sight.systems.health[index];
    health.state = HealthState::Unhealthy;
    CheckReport report;
    report.name = "state";
    report.state = HealthState::Unhealthy;
    report.message = reason;
    health.checks = {report};
    show();
}

void Stories::propose(const QString& title, const QString& who)
{
    Proposal proposal;
    proposal.fingerprint = "f-1";
    proposal.title = title;
    proposal.systems = {SystemId("validator-3")};
    proposal.firstSeen = m_sight.now;
    m_sight.store.proposals = {proposal};
    m_sight.actor = personOf(who);
    show();
}

void Stories::lastLook(int seconds)
{
    for (auto& health : m_sight.systems.health) {
        health.age = std::chrono::seconds(seconds);
    }
    show();
}

void Stories::silence(int seconds)
{
    m_sight.systems.at = m_sight.now - std::chrono::seconds(seconds);
    show();
}

void Stories::startPlan(int steps, const QString& who)
{
    ProcedureBuilder builder;
    builder.manual("confirm");
    for (int i = 1; i < steps; ++i) {
        builder.manual(QString("step_%1").arg(i));
    }
    builder.check("health", "confirm");
    m_run.emplace(builder);
    m_sight = sightOf(*m_run);
    m_sight.actor = who == "olga" ? olga : Actor{OperatorId(who), {Role::Observer}};
    m_plan.setPlanId({});
    m_plan.setPlanId(m_run->plan.id.text());
    show();
}

void Stories::startPlans(int count)
{
    startPlan(2, "olga");
    m_plan.setPlanId({});
    for (int i = 2; i <= count; ++i) {
        auto shown = m_sight.store.shownPlans.first();
        shown.plan.id = PlanId(QString("PLAN-%1").arg(i));
        m_sight.store.shownPlans.append(shown);
    }
    show();
}

void Stories::awaitApproval()
{
    ProcedureBuilder builder;
    builder.automated("roll_back").with({{"system", "validator-3"}, {"target_height", 18203}}).irreversible();
    builder.approvedBy(Role::ProtocolLead);
    m_run.emplace(builder);
    m_sight = sightOf(*m_run);
    m_sight.actor = olga;
    m_plan.setPlanId(m_run->plan.id.text());
    show();
}

void Stories::irreversible()
{
    foundHome();
    ProcedureBuilder builder;
    builder.automated("roll_back").with({{"system", "validator-3"}}).irreversible();
    m_run.emplace(builder);
    m_sight = sightOf(*m_run);
    m_sight.actor = olga;
    m_plan.setPlanId({});
    m_plan.setPlanId(m_run->plan.id.text());
    show();
}

void Stories::situation(const QString& name, const QString& who)
{
    m_run.emplace(situationOf(name));
    m_sight = sightOf(*m_run);
    m_sight.actor = personOf(who);
    auto& shown = m_sight.store.shownPlans[0];
    shown.isRunning = shown.plan.isArmed() && shown.plan.status == PlanStatus::InProgress;
    shown.runsHere = shown.isRunning && !name.endsWith("elsewhere");
    m_plan.setPlanId({});
    m_heard.setPlanId({});
    m_plan.setPlanId(m_run->plan.id.text());
    show();
}

void Stories::goOn()
{
    m_run->does(olga, outcome("restore"));
    m_sight.store.shownPlans[0].plan = m_run->plan;
    show();
}

void Stories::say(const QString& line)
{
    Q_EMIT const_cast<Engine&>(m_engine.engine()).progressed(m_run->plan.id, {m_sight.now, line});
}

void Stories::runOn(const QString& host)
{
    m_sight.store.shownPlans[0].plan.armedExecutor->process = {{"host", host}, {"pid", 4711}};
    show();
}

void Stories::promise(int hours)
{
    auto& plan = m_sight.store.shownPlans[0].plan;
    plan.procedure.rto = std::chrono::hours(hours);
    plan.pins.incident.containedAt = m_sight.now - std::chrono::minutes(90);
    show();
}

void Stories::rehearse()
{
    m_run->plan.pins.rehearsal = true;
    m_sight.store.shownPlans = {{m_run->plan, {}, false}};
    show();
}

void Stories::tick()
{
    m_run->does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
    m_sight.store.shownPlans = {{m_run->plan, {}, false}};
    show();
}

QString Stories::clipboard()
{
    return QGuiApplication::clipboard()->text();
}

void Stories::pressKey(int key, int scanCode)
{
    for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, Qt::NoModifier, quint32(scanCode), 0, 0, QString(QChar(key)));
        QCoreApplication::sendEvent(QGuiApplication::focusWindow(), &event);
    }
}

void Stories::repeatKey(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    for (const auto type : {QEvent::KeyRelease, QEvent::KeyPress}) {
        QKeyEvent event(type, key, modifiers, {}, true);
        QCoreApplication::sendEvent(QGuiApplication::focusWindow(), &event);
    }
}

} // namespace rc::test
