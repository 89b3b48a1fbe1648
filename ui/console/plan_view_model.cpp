// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/plan_view_model.h"

#include "model/base/elapsed.h"
#include "ui/console/plan_facts.h"
#include "ui/words/words.h"

namespace rc::ui {
namespace {

double seconds(Milliseconds span)
{
    return double(span.count()) / 1000;
}

QList<LeftoverRow> leftoverRows(const Plan& plan)
{
    QList<LeftoverRow> rows;
    for (const auto& left : leftoversOf(plan)) {
        const auto index = plan.indexOf(left.step);
        rows.append({QString::number(rows.size()), left.step.text(),
                     index < 0 ? QString() : plan.procedure.steps[index].name, left.system.text(), left.what,
                     left.cleanup});
    }
    return rows;
}

/// Whoever has begun it looks at it until it is over, whatever else could be done meanwhile.
bool isUnfinished(const Plan& plan, qsizetype index)
{
    const auto progress = index < 0 ? StepProgress::Pending : plan.steps[index].progress;
    return progress == StepProgress::Running || progress == StepProgress::Failed || progress == StepProgress::Unknown;
}

} // namespace

PlanViewModel::PlanViewModel(EngineThread& engine, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_step(engine)
{
    connect(&engine.engine(), &Engine::progressed, this, [this](const PlanId& plan, const LiveLine& line) {
        if (plan == m_id) {
            m_progress = line.text;
            m_log.hear(line);
            Q_EMIT changed();
        }
    });
    // The checklist and the graph of the steps are two views of one selection; the graph of systems has its own.
    connect(&m_stepGraph, &GraphViewModel::chosen, this, &PlanViewModel::setSelected);
    connect(&m_systemGraph, &GraphViewModel::chosen, &m_systemGraph, &GraphViewModel::setSelected);
}

void PlanViewModel::setPlanId(const QString& id)
{
    if (id == m_id.text()) {
        return;
    }
    m_id = PlanId(id);
    m_chosen = false;
    m_selected.clear();
    m_progress.clear();
    m_trouble.clear();
    m_reportPath.clear();
    m_requestPath.clear();
    m_sheet.clear();
    m_log.clear();
    m_systemGraph.setSelected({});
    m_engine.tell([plan = m_id](Engine& engine) { engine.watch({plan}); });
    refresh();
}

void PlanViewModel::setSelected(const QString& step)
{
    m_chosen = true;
    ++m_choices;
    if (step != m_selected) {
        m_selected = step;
        showStep();
        Q_EMIT changed();
    }
}

void PlanViewModel::selectNeighbour(int places)
{
    const auto to = selectedIndex() + places;
    if (to >= 0 && to < m_steps.count()) {
        setSelected(m_steps.rows()[to].key);
    }
}

void PlanViewModel::selectCurrent()
{
    m_chosen = false;
    refresh();
}

QString PlanViewModel::title() const
{
    return known() ? shown()->plan.procedure.name : QString();
}

bool PlanViewModel::rehearsal() const
{
    return known() && shown()->plan.pins.rehearsal;
}

QString PlanViewModel::incident() const
{
    if (!known()) {
        return {};
    }
    const auto& pinned = shown()->plan.pins.incident;
    return pinned.id.text() + " · " + pinned.title;
}

QString PlanViewModel::statusText() const
{
    return known() ? words(idOf(shown()->plan.status)) : QString();
}

Tone::Value PlanViewModel::statusTone() const
{
    return known() ? toneOf(shown()->plan.status) : Tone::Normal;
}

QString PlanViewModel::timeTextOf(const Schedule& schedule) const
{
    const auto& plan = shown()->plan;
    if (!plan.isOpen()) {
        return duration(elapsed(plan.startedAt, plan.completedAt.value_or(m_sight.now)));
    }
    QString text = growingSpan(elapsed(plan.startedAt, m_sight.now)) + " since the start";
    if (const auto toGo = timeToGo(*shown(), m_sight.now); !toGo.isEmpty()) {
        text += " · " + toGo + ", until " + localTime(*schedule.eta, localDay(m_sight.now)) +
                (schedule.withoutEstimate > 0 ? QString(" at the earliest") : QString());
    }
    if (schedule.margin) {
        text += *schedule.margin < Milliseconds(0) ? " · " + duration(-*schedule.margin) + " too late for the objective"
                                                   : " · " + duration(*schedule.margin) + " to spare of the objective";
    }
    return text;
}

QString PlanViewModel::checksText() const
{
    return known() ? checksAhead(shown()->plan) : QString();
}

QString PlanViewModel::leadText() const
{
    if (!known()) {
        return {};
    }
    const auto& plan = shown()->plan;
    QString text = "Led by " + plan.lead.text();
    if (plan.isArmed() && shown()->isRunning) {
        const auto& process = plan.armedExecutor ? plan.armedExecutor->process : QJsonObject();
        text += " · run by " + plan.armedBy.text() +
                (shown()->runsHere ? QString(" here")
                                   : QString(" elsewhere (%1, process %2)")
                                         .arg(process["host"].toString(), QString::number(process["pid"].toInteger())));
    }
    return text;
}

QString PlanViewModel::offeredLead() const
{
    if (!open() || !shown()->plan.handover) {
        return {};
    }
    const auto& offer = *shown()->plan.handover;
    return QString("%1 offers the lead of this plan to %2%3")
        .arg(offer.from.text(), leadIsMine() ? QString("you") : offer.to.text(),
             offer.note.isEmpty() ? QString(".") : ": " + offer.note);
}

bool PlanViewModel::leadIsMine() const
{
    return open() && shown()->plan.handover && m_sight.actor && shown()->plan.handover->to == m_sight.actor->id;
}

QString PlanViewModel::planHash() const
{
    return known() ? shown()->plan.pins.planHash : QString();
}

bool PlanViewModel::open() const
{
    return known() && shown()->plan.isOpen();
}

bool PlanViewModel::running() const
{
    return known() && isAtWork(*shown());
}

void PlanViewModel::show(const Sight& sight)
{
    m_sight = sight;
    m_heights.show(sight);
    settleWhatHasBegun();
    refresh();
}

void PlanViewModel::showTime(const Sight& sight)
{
    m_sight = sight;
    m_heights.show(sight);
    m_log.setToday(sight.now);
    const auto* plan = shown();
    if (!plan) {
        return;
    }
    const auto schedule = plan->schedule(m_sight.now);
    const bool lapsed = refreshRows(*plan, schedule);
    if (lapsed) {
        m_stepGraph.showSteps(plan->plan, m_steps.rows());
    }
    // What is to be done next changes with the steps, and when the time to soak is over.
    if (lapsed || plan->plan.status == PlanStatus::Soaking) {
        const auto guidance = guidanceFor(*plan, m_sight.actor, m_sight.now);
        if (guidance != m_guidance) {
            m_guidance = guidance;
            Q_EMIT changed();
        }
    }
    m_checks.replace(checksOf(plan->plan, m_sight.now));
    showSystems();
    if (lapsed) {
        showStep();
    } else {
        m_step.showRow(m_steps.rows().value(selectedIndex()));
    }
    showTimes(schedule);
}

void PlanViewModel::refresh()
{
    const auto* plan = shown();
    const auto schedule = plan ? plan->schedule(m_sight.now) : Schedule();
    m_guidance = plan ? guidanceFor(*plan, m_sight.actor, m_sight.now) : Guidance();
    m_refusals = plan ? refusalsOf(plan->plan, m_sight.actor, m_sight.now) : PlanRefusals();
    m_steps.replace(plan ? stepRows(*plan, schedule, m_sight.actor, m_sight.now) : QList<StepRow>());
    m_leftovers.replace(plan ? leftoverRows(plan->plan) : QList<LeftoverRow>());
    m_checks.replace(plan ? checksOf(plan->plan, m_sight.now) : QList<CheckRow>());
    if (plan && !m_chosen && !plan->plan.steps.isEmpty() &&
        !isUnfinished(plan->plan, plan->plan.indexOf(StepId(m_selected)))) {
        const auto current = std::min(plan->plan.currentStepIndex(), plan->plan.steps.size() - 1);
        m_selected = plan->plan.procedure.steps[current].id.text();
    }
    if (plan && !isAtWork(*plan)) {
        m_progress.clear();
    }
    showSteps();
    showSystems();
    showTimes(schedule);
    m_log.setToday(m_sight.now);
    m_log.tell(plan ? plan->clock : QList<ClockFlag>());
    Q_EMIT changed();
}

bool PlanViewModel::refreshRows(const ShownPlan& plan, const Schedule& schedule)
{
    bool lapsed = false;
    for (qsizetype i = 0; i < plan.plan.steps.size(); ++i) {
        if (!changesWithTime(plan, i)) {
            continue;
        }
        const auto row = stepRow(plan, schedule, i, m_sight.actor, m_sight.now);
        auto before = m_steps.rows()[i];
        before.times = row.times;
        lapsed = lapsed || before != row;
        m_steps.set(row);
    }
    return lapsed;
}

void PlanViewModel::showSteps()
{
    if (const auto* plan = shown()) {
        m_stepGraph.showSteps(plan->plan, m_steps.rows());
    } else {
        m_stepGraph.clear();
    }
    showStep();
}

void PlanViewModel::showStep()
{
    const auto* plan = shown();
    const auto index = plan ? plan->plan.indexOf(StepId(m_selected)) : -1;
    m_step.show(m_sight, plan, index, m_steps.rows().value(index));
    m_stepGraph.setSelected(m_selected);
}

void PlanViewModel::showSystems()
{
    const auto* plan = shown();
    if (!plan) {
        m_systemGraph.clear();
        m_systems.replace({});
        return;
    }
    const auto& affected = plan->plan.pins.incident.systems;
    m_systemGraph.showSystems(m_sight, affected);
    auto systems = systemRows(m_sight);
    const QSet<SystemId> inIncident(affected.begin(), affected.end());
    systems.removeIf([&](const SystemRow& row) { return !inIncident.contains(SystemId(row.key)); });
    m_systems.replace(systems);
}

void PlanViewModel::showTimes(const Schedule& schedule)
{
    QStringList steps;
    QList<double> expected;
    QList<double> actual;
    const auto* plan = shown();
    // Nothing goes on in a plan that is over.
    const auto end = plan ? plan->plan.completedAt.value_or(m_sight.now) : m_sight.now;
    for (qsizetype i = 0; plan && i < plan->plan.steps.size(); ++i) {
        const auto& record = plan->plan.steps[i];
        if (record.startedAt) {
            steps.append(QString::number(i + 1));
            expected.append(seconds(plan->estimates.steps.value(i).time));
            actual.append(seconds(elapsed(*record.startedAt, record.completedAt.value_or(end))));
        }
    }
    if (steps != m_timedSteps || actual != m_actual || expected != m_expected) {
        m_timedSteps = steps;
        m_expected = expected;
        m_actual = actual;
        Q_EMIT timed();
    }
    m_late = plan && schedule.margin && *schedule.margin < Milliseconds(0);
    if (auto text = plan ? timeTextOf(schedule) : QString(); text != m_timeText) {
        m_timeText = std::move(text);
        Q_EMIT ticked();
    }
}

double PlanViewModel::longestSeconds() const
{
    double longest = 3; // whole seconds on the axis, while there is little to show
    for (const auto seconds : m_expected + m_actual) {
        longest = std::max(longest, seconds);
    }
    return longest;
}

} // namespace rc::ui
