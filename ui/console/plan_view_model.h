// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/engine_thread.h"
#include "ui/base/row_model.h"
#include "ui/console/graph_view_model.h"
#include "ui/console/guidance.h"
#include "ui/console/heights_view_model.h"
#include "ui/console/sight.h"
#include "ui/console/step_row.h"
#include "ui/console/system_row.h"

namespace rc::ui {

/// A label and what stands behind it: a parameter, a result, an artifact, an approval.
class FactRow
{
    Q_GADGET
    QML_VALUE_TYPE(factRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString label MEMBER label FINAL)
    Q_PROPERTY(QString value MEMBER value FINAL)

public:
    QString key;
    QString label;
    QString value;

    friend bool operator==(const FactRow&, const FactRow&) = default;
};

/// A check of the last verification, or one that is still to come.
class CheckRow
{
    Q_GADGET
    QML_VALUE_TYPE(checkRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString stateText MEMBER stateText FINAL)
    Q_PROPERTY(rc::ui::Tone::Value tone MEMBER tone FINAL)
    Q_PROPERTY(QString detail MEMBER detail FINAL)

public:
    QString key;
    QString name;
    QString stateText;
    Tone::Value tone = Tone::Normal;
    QString detail;

    friend bool operator==(const CheckRow&, const CheckRow&) = default;
};

/// A line that work said while it went on.
class LogRow
{
    Q_GADGET
    QML_VALUE_TYPE(logRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    /// Local time of day.
    Q_PROPERTY(QString time MEMBER time FINAL)
    Q_PROPERTY(QString text MEMBER text FINAL)

public:
    QString key;
    QString time;
    QString text;

    friend bool operator==(const LogRow&, const LogRow&) = default;
};

/// The heart of the console: one plan, its checklist, the step that is looked at, and everything people do with it.
/// Commands answer by what the plan becomes, or by `trouble`.
class PlanViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    /// Which plan is shown; empty for none.
    Q_PROPERTY(QString planId READ planId WRITE setPlanId NOTIFY changed FINAL)
    /// The store has told it.
    Q_PROPERTY(bool known READ known NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    /// It is not the real thing, and has to look like it everywhere.
    Q_PROPERTY(bool rehearsal READ rehearsal NOTIFY changed FINAL)
    Q_PROPERTY(QString incident READ incident NOTIFY changed FINAL)
    Q_PROPERTY(QString statusText READ statusText NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::Tone::Value statusTone READ statusTone NOTIFY changed FINAL)
    Q_PROPERTY(QString timeText READ timeText NOTIFY ticked FINAL)
    Q_PROPERTY(QString planHash READ planHash NOTIFY changed FINAL)
    Q_PROPERTY(bool open READ open NOTIFY changed FINAL)
    /// Somebody, here or elsewhere, runs it now.
    Q_PROPERTY(bool running READ running NOTIFY changed FINAL)
    /// It is this window that runs it, and can stop it.
    Q_PROPERTY(bool runsHere READ runsHere NOTIFY changed FINAL)
    /// What the work says that goes on here; the last line of it.
    Q_PROPERTY(QString progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* steps READ steps CONSTANT FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* checks READ checks CONSTANT FINAL)
    Q_PROPERTY(rc::ui::Guidance guidance READ guidance NOTIFY changed FINAL)
    /// The step that is looked at: the current one, until another is chosen.
    Q_PROPERTY(QString selected READ selected WRITE setSelected NOTIFY changed FINAL)
    /// Its place in the list; -1 for none.
    Q_PROPERTY(int selectedIndex READ selectedIndex NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::StepRow step READ step NOTIFY stepChanged FINAL)
    Q_PROPERTY(QString description READ description NOTIFY changed FINAL)
    /// What starting that step means for good: whether, and until when, it can be taken back.
    Q_PROPERTY(QString consequence READ consequence NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* facts READ facts CONSTANT FINAL)
    Q_PROPERTY(rc::ui::GraphViewModel* stepGraph READ stepGraph CONSTANT FINAL)
    /// All systems of the network; those of the incident are current.
    Q_PROPERTY(rc::ui::GraphViewModel* systemGraph READ systemGraph CONSTANT FINAL)
    /// The systems of the incident, in the order of the inventory.
    Q_PROPERTY(rc::ui::RowModelBase* systems READ systems CONSTANT FINAL)
    /// What work said here, newest first, at most the last 200 lines.
    Q_PROPERTY(rc::ui::RowModelBase* log READ log CONSTANT FINAL)
    Q_PROPERTY(rc::ui::HeightsViewModel* heights READ heights CONSTANT FINAL)
    /// Per step that has begun, s: what was expected and what it took or has taken so far.
    Q_PROPERTY(QStringList timedSteps READ timedSteps NOTIFY timed FINAL)
    Q_PROPERTY(QVariantList expectedSeconds READ expectedSeconds NOTIFY timed FINAL)
    Q_PROPERTY(QVariantList actualSeconds READ actualSeconds NOTIFY timed FINAL)
    Q_PROPERTY(double longestSeconds READ longestSeconds NOTIFY timed FINAL)
    /// Why the last command was refused.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed FINAL)
    /// A command is on its way.
    Q_PROPERTY(bool busy READ busy NOTIFY changed FINAL)
    /// Where the last report was written; empty before one was.
    Q_PROPERTY(QString reportPath READ reportPath NOTIFY changed FINAL)

public:
    explicit PlanViewModel(EngineThread& engine, QObject* parent = nullptr);

    [[nodiscard]] QString planId() const { return m_id.text(); }
    void setPlanId(const QString& id);
    [[nodiscard]] bool known() const { return shown() != nullptr; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool rehearsal() const;
    [[nodiscard]] QString incident() const;
    [[nodiscard]] QString statusText() const;
    [[nodiscard]] Tone::Value statusTone() const;
    [[nodiscard]] QString timeText() const { return m_timeText; }
    [[nodiscard]] QString planHash() const;
    [[nodiscard]] bool open() const;
    [[nodiscard]] bool running() const;
    [[nodiscard]] bool runsHere() const { return known() && shown()->runsHere; }
    [[nodiscard]] QString progress() const { return m_progress; }
    [[nodiscard]] RowModelBase* steps() { return &m_steps; }
    [[nodiscard]] RowModelBase* checks() { return &m_checks; }
    [[nodiscard]] Guidance guidance() const { return m_guidance; }
    [[nodiscard]] QString selected() const { return m_selected; }
    void setSelected(const QString& step);
    [[nodiscard]] int selectedIndex() const { return m_steps.indexOf(m_selected); }
    [[nodiscard]] StepRow step() const { return m_step; }
    [[nodiscard]] QString description() const;
    [[nodiscard]] QString consequence() const;
    [[nodiscard]] RowModelBase* facts() { return &m_facts; }
    [[nodiscard]] GraphViewModel* stepGraph() { return &m_stepGraph; }
    [[nodiscard]] GraphViewModel* systemGraph() { return &m_systemGraph; }
    [[nodiscard]] RowModelBase* systems() { return &m_systems; }
    [[nodiscard]] RowModelBase* log() { return &m_log; }
    [[nodiscard]] HeightsViewModel* heights() { return &m_heights; }
    [[nodiscard]] QStringList timedSteps() const { return m_timedSteps; }
    [[nodiscard]] QVariantList expectedSeconds() const { return {m_expected.begin(), m_expected.end()}; }
    [[nodiscard]] QVariantList actualSeconds() const { return {m_actual.begin(), m_actual.end()}; }
    [[nodiscard]] double longestSeconds() const;
    [[nodiscard]] QString trouble() const { return m_trouble; }
    [[nodiscard]] bool busy() const { return m_busy.value(m_id) > 0; }
    [[nodiscard]] QString reportPath() const { return m_reportPath; }

    /// What the store tells, and who is signed in: to be shown when it is something new.
    void show(const Sight& sight);
    /// What changes all the time: how long things take, what lapses, and how the systems are.
    void showTime(const Sight& sight);

    /// Arms the plan: what is automated and allowed runs. Also settles what was interrupted, and verifies.
    Q_INVOKABLE void run();
    /// Runs one automated step.
    Q_INVOKABLE void runStep(const QString& step);
    /// Looks what became of an interrupted step, and runs nothing.
    Q_INVOKABLE void settleStep(const QString& step);
    /// Looks at the step so many places further down.
    Q_INVOKABLE void selectNeighbour(int places);
    /// `outputs` are the values of what the step hands on, in the order of `guidance.outputs`.
    Q_INVOKABLE void tick(const QString& step, const QString& note, const QStringList& outputs = {});
    /// A manual step could not be done.
    Q_INVOKABLE void failStep(const QString& step, const QString& reason);
    Q_INVOKABLE void retry(const QString& step, const QString& reason);
    Q_INVOKABLE void skip(const QString& step, const QString& reason);
    Q_INVOKABLE void approve(const QString& step, const QString& by, const QString& passphrase);
    Q_INVOKABLE void declareEnd();
    Q_INVOKABLE void pause(const QString& reason);
    Q_INVOKABLE void resume();
    Q_INVOKABLE void abort(const QString& reason);
    Q_INVOKABLE void addNote(const QString& text);
    /// Stops the work that goes on here, in good order.
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void clearTrouble();
    /// Writes what is known of the plan by now as PDF, into the folder `reports` of the home.
    Q_INVOKABLE void writeReport();
    Q_INVOKABLE void clearReport();

Q_SIGNALS:
    /// Something is other than it was, apart from what counts the seconds.
    void changed();
    void ticked();
    void stepChanged();
    /// A step began, ended or went on.
    void timed();

private:
    [[nodiscard]] const ShownPlan* shown() const { return m_sight.plan(m_id); }
    void refresh();
    /// The rows that time alone changes; true if more than their times is other than it was.
    bool refreshRows(const ShownPlan& plan);
    void tellStep();
    void showSteps();
    void showSystems();
    void showTimes();
    void await(QFuture<Result<Plan>> answer);
    template <class Command>
    void act(const Command& command)
    {
        await(m_engine.ask([id = m_id, command](Engine& engine) { return engine.act(id, command); }));
    }
    [[nodiscard]] QString timeTextNow() const;
    void complete(const QString& step, bool success, const QString& note, const QJsonObject& fields = {});

    EngineThread& m_engine;
    Sight m_sight;
    PlanId m_id;
    RowModel<StepRow> m_steps;
    RowModel<CheckRow> m_checks;
    RowModel<FactRow> m_facts;
    GraphViewModel m_stepGraph;
    GraphViewModel m_systemGraph;
    RowModel<SystemRow> m_systems;
    RowModel<LogRow> m_log;
    qint64 m_logged = 0;
    HeightsViewModel m_heights;
    QStringList m_timedSteps;
    QList<double> m_expected;
    QList<double> m_actual;
    Guidance m_guidance;
    QString m_selected;
    /// The step that is looked at, as it was told last.
    StepRow m_step;
    QString m_timeText;
    /// The person chose a step; it no longer follows the current one.
    bool m_chosen = false;
    QString m_progress;
    QString m_trouble;
    QString m_reportPath;
    /// Commands on their way, by plan.
    QHash<PlanId, int> m_busy;
};

} // namespace rc::ui
