// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/plan_view_model.h"

#include "backend/documents/yaml_scalar.h"
#include "ui/console/plan_facts.h"
#include "ui/report/report_file.h"
#include "ui/words/words.h"

#include <QDir>

namespace rc::ui {
namespace {

constexpr qsizetype MaximumLog = 200;

double seconds(Milliseconds span)
{
    return double(span.count()) / 1000;
}

} // namespace

PlanViewModel::PlanViewModel(EngineThread& engine, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
{
    connect(&engine.engine(), &Engine::progressed, this, [this](const PlanId& plan, const QString& line) {
        if (plan == m_id) {
            m_progress = line;
            auto lines = m_log.rows();
            lines.prepend({QString::number(++m_logged), QTime::currentTime().toString("HH:mm:ss"), line});
            m_log.replace(lines.first(std::min<qsizetype>(lines.size(), MaximumLog)));
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
    m_log.replace({});
    m_systemGraph.setSelected({});
    m_engine.tell([plan = m_id](Engine& engine) { engine.watch({plan}); });
    refresh();
}

void PlanViewModel::setSelected(const QString& step)
{
    m_chosen = true;
    if (step != m_selected) {
        m_selected = step;
        showSteps();
        tellStep();
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

QString PlanViewModel::timeTextNow() const
{
    if (!known()) {
        return {};
    }
    const auto& plan = shown()->plan;
    const auto end = plan.completedAt.value_or(m_sight.now);
    // What still counts keeps its seconds; what is over is rounded.
    const auto span = plan.isOpen() ? &growingSpan : &duration;
    QString text = span(end - plan.startedAt);
    if (plan.isOpen()) {
        const auto toGo = timeToGo(*shown(), m_sight.now);
        text += " since the start" + (toGo.isEmpty() ? QString() : " · " + toGo);
    }
    const auto from = plan.pins.incident.containedAt;
    if (plan.procedure.rto > Milliseconds(0) && from && !plan.pins.rehearsal) {
        const auto left = plan.procedure.rto - (end - *from);
        text += left < Milliseconds(0) ? " · objective missed by " + span(-left)
                                       : " · " + span(left) + " of the objective left";
    }
    return text;
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
    return known() && shown()->isRunning;
}

QString PlanViewModel::description() const
{
    const auto index = known() ? shown()->plan.procedure.indexOf(StepId(m_selected)) : -1;
    return index < 0 ? QString() : shown()->plan.procedure.steps[index].description;
}

QString PlanViewModel::consequence() const
{
    const auto* plan = shown();
    const auto index = plan ? plan->plan.procedure.indexOf(StepId(m_selected)) : -1;
    if (index < 0) {
        return {};
    }
    const auto& procedure = plan->plan.procedure;
    const auto& step = procedure.steps[index];
    if (step.isFinal()) {
        return "Once it has been started, it cannot be taken back.";
    }
    QStringList sentences;
    if (plan->plan.isPointOfNoReturn(index)) {
        sentences.append("Once it has been started, what was done before it cannot be taken back.");
    }
    const auto until = procedure.indexOf(step.reversibleUntil);
    sentences.append(step.reversibility == Reversibility::ReversibleUntil && until >= 0
                         ? "It can be taken back until “" + procedure.steps[until].name + "” is started."
                         : QString("By its procedure it can be taken back."));
    return sentences.join(u' ');
}

void PlanViewModel::show(const Sight& sight)
{
    m_sight = sight;
    m_heights.show(sight);
    refresh();
}

void PlanViewModel::showTime(const Sight& sight)
{
    m_sight = sight;
    m_heights.show(sight);
    const auto* plan = shown();
    if (!plan) {
        return;
    }
    const bool lapsed = refreshRows(*plan);
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
    showSystems();
    tellStep();
    showTimes();
}

void PlanViewModel::refresh()
{
    const auto* plan = shown();
    m_guidance = plan ? guidanceFor(*plan, m_sight.actor, m_sight.now) : Guidance();
    m_steps.replace(plan ? stepRows(*plan, m_sight.actor, m_sight.now) : QList<StepRow>());
    m_checks.replace(plan ? checksOf(plan->plan) : QList<CheckRow>());
    if (plan && !m_chosen && !plan->plan.steps.isEmpty()) {
        const auto current = std::min(plan->plan.currentStepIndex(), plan->plan.steps.size() - 1);
        m_selected = plan->plan.procedure.steps[current].id.text();
    }
    if (plan && !plan->isRunning) {
        m_progress.clear();
    }
    showSteps();
    showSystems();
    tellStep();
    showTimes();
    Q_EMIT changed();
}

bool PlanViewModel::refreshRows(const ShownPlan& plan)
{
    bool lapsed = false;
    for (qsizetype i = 0; i < plan.plan.steps.size(); ++i) {
        if (!changesWithTime(plan, i)) {
            continue;
        }
        const auto row = stepRow(plan, i, m_sight.actor, m_sight.now);
        auto before = m_steps.rows()[i];
        before.times = row.times;
        lapsed = lapsed || before != row;
        m_steps.set(row);
    }
    return lapsed;
}

void PlanViewModel::tellStep()
{
    const auto step = m_steps.rows().value(m_steps.indexOf(m_selected));
    if (step != m_step) {
        m_step = step;
        Q_EMIT stepChanged();
    }
}

void PlanViewModel::showSteps()
{
    const auto* plan = shown();
    const auto index = plan ? plan->plan.procedure.indexOf(StepId(m_selected)) : -1;
    m_facts.replace(index < 0 ? QList<FactRow>() : factsOf(plan->plan, index));
    if (plan) {
        m_stepGraph.showSteps(plan->plan, m_steps.rows());
    } else {
        m_stepGraph.clear();
    }
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
    systems.removeIf([&](const SystemRow& row) { return !affected.contains(SystemId(row.key)); });
    m_systems.replace(systems);
}

void PlanViewModel::showTimes()
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
            expected.append(seconds(plan->plan.procedure.steps[i].expectedDuration));
            actual.append(seconds(record.completedAt.value_or(end) - *record.startedAt));
        }
    }
    if (steps != m_timedSteps || actual != m_actual || expected != m_expected) {
        m_timedSteps = steps;
        m_expected = expected;
        m_actual = actual;
        Q_EMIT timed();
    }
    if (auto text = timeTextNow(); text != m_timeText) {
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

void PlanViewModel::await(QFuture<Result<Plan>> answer)
{
    ++m_busy[m_id];
    m_trouble.clear();
    // Whoever acts looks at what comes next.
    m_chosen = false;
    Q_EMIT changed();
    answer.then(this, [this, id = m_id](const Result<Plan>& plan) {
        --m_busy[id];
        if (!plan && id == m_id) {
            m_trouble = plan.error().message;
        }
        Q_EMIT changed();
    });
}

void PlanViewModel::run()
{
    await(m_engine.ask([id = m_id](Engine& engine) { return engine.runPlan(id); }));
}

void PlanViewModel::runStep(const QString& step)
{
    await(m_engine.ask([id = m_id, step = StepId(step)](Engine& engine) { return engine.runStep(id, step); }));
}

void PlanViewModel::settleStep(const QString& step)
{
    await(m_engine.ask([id = m_id, step = StepId(step)](Engine& engine) { return engine.settleStep(id, step); }));
}

void PlanViewModel::complete(const QString& step, bool success, const QString& note, const QJsonObject& fields)
{
    const CompleteStep command{StepId(step), {success, note, fields, {}, {}}, note, {}};
    await(m_engine.ask([id = m_id, command](Engine& engine) { return engine.completeStep(id, command); }));
}

void PlanViewModel::tick(const QString& step, const QString& note, const QStringList& outputs)
{
    const auto* plan = shown();
    const auto index = plan ? plan->plan.indexOf(StepId(step)) : -1;
    const auto names = index < 0 ? QStringList() : plan->plan.procedure.steps[index].outputs;
    QJsonObject fields;
    for (qsizetype i = 0; i < names.size() && i < outputs.size(); ++i) {
        if (const auto text = outputs[i].trimmed(); !text.isEmpty()) {
            fields.insert(names[i], plainScalar(text).value_or(text));
        }
    }
    complete(step, true, note, fields);
}

void PlanViewModel::failStep(const QString& step, const QString& reason)
{
    complete(step, false, reason);
}

void PlanViewModel::retry(const QString& step, const QString& reason)
{
    const RetryStep command{StepId(step), reason};
    await(m_engine.ask([id = m_id, command](Engine& engine) { return engine.retryStep(id, command); }));
}

void PlanViewModel::skip(const QString& step, const QString& reason)
{
    act(SkipStep{StepId(step), reason});
}

void PlanViewModel::approve(const QString& step, const QString& by, const QString& passphrase)
{
    await(m_engine.ask([id = m_id, step = StepId(step), who = OperatorId(by), passphrase](Engine& engine) {
        return engine.approve(id, step, who, passphrase);
    }));
}

void PlanViewModel::declareEnd()
{
    await(m_engine.ask([id = m_id](Engine& engine) { return engine.declarePlan(id); }));
}

void PlanViewModel::pause(const QString& reason)
{
    act(PausePlan{reason});
}

void PlanViewModel::resume()
{
    act(ResumePlan{});
}

void PlanViewModel::abort(const QString& reason)
{
    await(m_engine.ask([id = m_id, reason](Engine& engine) { return engine.abortPlan(id, reason); }));
}

void PlanViewModel::addNote(const QString& text)
{
    act(AddNote{text});
}

void PlanViewModel::cancel()
{
    m_engine.tell([id = m_id](Engine& engine) { engine.cancel(id); });
}

void PlanViewModel::clearTrouble()
{
    m_trouble.clear();
    Q_EMIT changed();
}

void PlanViewModel::writeReport()
{
    const auto time = QDateTime::fromMSecsSinceEpoch(m_sight.now.time_since_epoch().count(), Qt::UTC);
    const QString folder = m_sight.store.path + "/reports";
    const QString path = QString("%1/%2 %3.pdf").arg(folder, m_id.text(), time.toString("yyyy-MM-dd HHmmss'Z'"));
    const auto draw = [folder, path](const Result<QJsonObject>& document) -> Result<QJsonObject> {
        if (!document) {
            return std::unexpected(document.error());
        }
        QDir().mkpath(folder);
        return report::writeReport(QJsonDocument(*document).toJson(QJsonDocument::Compact), path);
    };
    ++m_busy[m_id];
    m_trouble.clear();
    m_reportPath.clear();
    Q_EMIT changed();
    m_engine.ask([id = m_id](Engine& engine) { return engine.reportOn(id); })
        .then(QtFuture::Launch::Async, draw)
        .then(this, [this, id = m_id](const Result<QJsonObject>& written) {
            --m_busy[id];
            if (id != m_id) {
                return;
            }
            if (written) {
                m_reportPath = (*written)["path"].toString();
            } else {
                m_trouble = written.error().message;
            }
            Q_EMIT changed();
        });
}

void PlanViewModel::clearReport()
{
    m_reportPath.clear();
    Q_EMIT changed();
}

} // namespace rc::ui
