// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/engine_thread.h"
#include "ui/base/row_model.h"
#include "ui/console/graph_view_model.h"
#include "ui/console/guidance.h"
#include "ui/console/heights_view_model.h"
#include "ui/console/plan_refusals.h"
#include "ui/console/sight.h"
#include "ui/console/step_view_model.h"
#include "ui/console/system_row.h"
#include "ui/console/work_log.h"

namespace rc::ui {

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
    /// How long ago it was looked at; of a plan that is over, when. Empty before.
    Q_PROPERTY(QString age MEMBER age FINAL)

public:
    QString key;
    QString name;
    QString stateText;
    Tone::Value tone = Tone::Normal;
    QString detail;
    QString age;

    friend bool operator==(const CheckRow&, const CheckRow&) = default;
};

/// Something that a plan has left behind so far, and what to do about it.
class LeftoverRow
{
    Q_GADGET
    QML_VALUE_TYPE(leftoverRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    /// The step that left it.
    Q_PROPERTY(QString step MEMBER step FINAL)
    Q_PROPERTY(QString stepName MEMBER stepName FINAL)
    Q_PROPERTY(QString system MEMBER system FINAL)
    Q_PROPERTY(QString what MEMBER what FINAL)
    Q_PROPERTY(QString cleanup MEMBER cleanup FINAL)

public:
    QString key;
    QString step;
    QString stepName;
    QString system;
    QString what;
    QString cleanup;

    friend bool operator==(const LeftoverRow&, const LeftoverRow&) = default;
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
    /// How long it goes on, when it is expected to end, and what that leaves of the objective.
    Q_PROPERTY(QString timeText READ timeText NOTIFY ticked FINAL)
    /// The objective is missed, or will be.
    Q_PROPERTY(bool late READ late NOTIFY ticked FINAL)
    /// Who leads it, and who runs it if that is somebody else.
    Q_PROPERTY(QString leadText READ leadText NOTIFY changed FINAL)
    /// The lead is offered to somebody: who to whom, and the note; empty when it is not.
    Q_PROPERTY(QString offeredLead READ offeredLead NOTIFY changed FINAL)
    /// It is offered to the one who looks.
    Q_PROPERTY(bool leadIsMine READ leadIsMine NOTIFY changed FINAL)
    /// It runs, and not here: it can be taken over, with a reason.
    Q_PROPERTY(bool runsElsewhere READ runsElsewhere NOTIFY changed FINAL)
    Q_PROPERTY(QString planHash READ planHash NOTIFY changed FINAL)
    Q_PROPERTY(bool open READ open NOTIFY changed FINAL)
    /// Somebody, here or elsewhere, runs it now.
    Q_PROPERTY(bool running READ running NOTIFY changed FINAL)
    /// A step of it was interrupted, and nobody knows what became of it.
    Q_PROPERTY(bool interrupted READ interrupted NOTIFY changed FINAL)
    /// It is this window that runs it, and can stop it.
    Q_PROPERTY(bool runsHere READ runsHere NOTIFY changed FINAL)
    /// What the work says that goes on here; the last line of it.
    Q_PROPERTY(QString progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* steps READ steps CONSTANT FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* checks READ checks CONSTANT FINAL)
    /// How many they are, until they have their turn.
    Q_PROPERTY(QString checksText READ checksText NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::Guidance guidance READ guidance NOTIFY changed FINAL)
    /// Why the one who is signed in cannot do something with it as a whole.
    Q_PROPERTY(rc::ui::PlanRefusals refusals READ refusals NOTIFY changed FINAL)
    /// What an abort ends, and what stays changed; lines.
    Q_PROPERTY(QString abortText READ abortText NOTIFY changed FINAL)
    /// What stopping the work that goes on here means.
    Q_PROPERTY(QString stopText READ stopText NOTIFY changed FINAL)
    /// The step that is looked at: the current one, until another is chosen.
    Q_PROPERTY(QString selected READ selected WRITE setSelected NOTIFY changed FINAL)
    /// Its place in the list; -1 for none.
    Q_PROPERTY(int selectedIndex READ selectedIndex NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::StepViewModel* step READ step CONSTANT FINAL)
    Q_PROPERTY(rc::ui::GraphViewModel* stepGraph READ stepGraph CONSTANT FINAL)
    /// All systems of the network; those of the incident are current.
    Q_PROPERTY(rc::ui::GraphViewModel* systemGraph READ systemGraph CONSTANT FINAL)
    /// The systems of the incident, in the order of the inventory.
    Q_PROPERTY(rc::ui::RowModelBase* systems READ systems CONSTANT FINAL)
    /// What the plan has changed so far and would leave behind, latest first.
    Q_PROPERTY(rc::ui::RowModelBase* leftovers READ leftovers CONSTANT FINAL)
    /// What work said here, and what the journal says of clocks that were set, newest first, at most the last 200
    /// lines.
    Q_PROPERTY(rc::ui::RowModelBase* log READ log CONSTANT FINAL)
    Q_PROPERTY(rc::ui::HeightsViewModel* heights READ heights CONSTANT FINAL)
    /// Per step that has begun, s: what was expected and what it took or has taken so far.
    Q_PROPERTY(QStringList timedSteps READ timedSteps NOTIFY timed FINAL)
    Q_PROPERTY(QVariantList expectedSeconds READ expectedSeconds NOTIFY timed FINAL)
    Q_PROPERTY(QVariantList actualSeconds READ actualSeconds NOTIFY timed FINAL)
    Q_PROPERTY(double longestSeconds READ longestSeconds NOTIFY timed FINAL)
    /// Why the last command was refused.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed FINAL)
    /// A command is on its way: neither recorded nor refused. Work that it began may go on longer.
    Q_PROPERTY(bool busy READ busy NOTIFY changed FINAL)
    /// Where the last report was written; empty before one was.
    Q_PROPERTY(QString reportPath READ reportPath NOTIFY changed FINAL)
    /// Where the last request for approval was written; empty before one was.
    Q_PROPERTY(QString requestPath READ requestPath NOTIFY changed FINAL)
    /// How the plan stands, for whoever takes it over.
    Q_PROPERTY(QString sheet READ sheet NOTIFY changed FINAL)

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
    [[nodiscard]] bool late() const { return m_late; }
    [[nodiscard]] QString leadText() const;
    [[nodiscard]] QString offeredLead() const;
    [[nodiscard]] bool leadIsMine() const;
    [[nodiscard]] bool runsElsewhere() const { return running() && !runsHere(); }
    [[nodiscard]] QString planHash() const;
    [[nodiscard]] bool open() const;
    [[nodiscard]] bool running() const;
    [[nodiscard]] bool interrupted() const { return open() && interruptedStep(shown()->plan, m_sight.now) != nullptr; }
    [[nodiscard]] bool runsHere() const { return known() && shown()->runsHere; }
    [[nodiscard]] QString progress() const { return running() ? m_progress : QString(); }
    [[nodiscard]] RowModelBase* steps() { return &m_steps; }
    [[nodiscard]] RowModelBase* checks() { return &m_checks; }
    [[nodiscard]] QString checksText() const;
    [[nodiscard]] Guidance guidance() const { return m_guidance; }
    [[nodiscard]] PlanRefusals refusals() const { return m_refusals; }
    [[nodiscard]] QString abortText() const { return open() ? ui::abortText(shown()->plan) : QString(); }
    [[nodiscard]] QString stopText() const { return open() ? ui::stopText(shown()->plan) : QString(); }
    [[nodiscard]] QString selected() const { return m_selected; }
    void setSelected(const QString& step);
    [[nodiscard]] int selectedIndex() const { return m_steps.indexOf(m_selected); }
    [[nodiscard]] StepViewModel* step() { return &m_step; }
    [[nodiscard]] GraphViewModel* stepGraph() { return &m_stepGraph; }
    [[nodiscard]] GraphViewModel* systemGraph() { return &m_systemGraph; }
    [[nodiscard]] RowModelBase* systems() { return &m_systems; }
    [[nodiscard]] RowModelBase* leftovers() { return &m_leftovers; }
    [[nodiscard]] RowModelBase* log() { return m_log.rows(); }
    [[nodiscard]] HeightsViewModel* heights() { return &m_heights; }
    [[nodiscard]] QStringList timedSteps() const { return m_timedSteps; }
    [[nodiscard]] QVariantList expectedSeconds() const { return {m_expected.begin(), m_expected.end()}; }
    [[nodiscard]] QVariantList actualSeconds() const { return {m_actual.begin(), m_actual.end()}; }
    [[nodiscard]] double longestSeconds() const;
    [[nodiscard]] QString trouble() const { return m_trouble; }
    [[nodiscard]] bool busy() const { return m_busy.value(m_id) > 0; }
    [[nodiscard]] QString reportPath() const { return m_reportPath; }
    [[nodiscard]] QString requestPath() const { return m_requestPath; }
    [[nodiscard]] QString sheet() const { return m_sheet; }

    /// What the store tells, and who is signed in: to be shown when it is something new.
    void show(const Sight& sight);
    /// What changes all the time: how long things take, what lapses, and how the systems are.
    void showTime(const Sight& sight);

    // Acts. Each answers its number; `answered` says what came of it.

    /// Arms the plan: what is automated and allowed runs. Also settles what was interrupted, and verifies.
    Q_INVOKABLE int run();
    /// The same, taken from whoever runs it now.
    Q_INVOKABLE int takeOver(const QString& reason);
    /// Runs one automated step.
    Q_INVOKABLE int runStep(const QString& step);
    /// Looks what became of an interrupted step, and runs nothing.
    Q_INVOKABLE int settleStep(const QString& step);
    /// A person says what came of the step. `brought`: for what it wants, in that order; it has to be the one that is
    /// looked at, as what it wants was asked there.
    Q_INVOKABLE int complete(const QString& step, bool success, const QString& note, const QStringList& brought = {});
    Q_INVOKABLE int retry(const QString& step, const QString& reason);
    Q_INVOKABLE int skip(const QString& step, const QString& reason);
    Q_INVOKABLE int stopStep(const QString& step, const QString& reason);
    Q_INVOKABLE int undo(const QString& step, const QString& reason);
    Q_INVOKABLE int hold(const QString& step, const QString& reason);
    Q_INVOKABLE int release(const QString& step);
    /// Consent to running the step, to undoing it, or to doing without it.
    Q_INVOKABLE int approve(const QString& step, rc::ui::Deed::Value deed, const QString& by,
                            const QString& passphrase);
    Q_INVOKABLE int importApproval(const QString& step, const QString& file);
    Q_INVOKABLE int declareEnd();
    Q_INVOKABLE int pause(const QString& reason);
    Q_INVOKABLE int resume();
    Q_INVOKABLE int abort(const QString& reason);
    Q_INVOKABLE int addNote(const QString& text);
    Q_INVOKABLE int handOver(const QString& to, const QString& note);
    /// Takes the lead; not offered, that takes a reason.
    Q_INVOKABLE int takeLead(const QString& reason = {});

    /// Looks at the step so many places further down.
    Q_INVOKABLE void selectNeighbour(int places);
    /// Looks at the current step again, and follows it from now on.
    Q_INVOKABLE void selectCurrent();
    /// Writes what a person elsewhere has to sign; `requestPath` says where.
    Q_INVOKABLE void exportRequest(const QString& step, rc::ui::Deed::Value deed);
    /// Forgets where the last one was written.
    Q_INVOKABLE void clearRequest();
    /// Makes the sheet of a hand-over; `sheet` has it when it is there.
    Q_INVOKABLE void readSheet();
    /// What it means if the step takes so much longer, or shorter: a sentence.
    Q_INVOKABLE QString whatIf(const QString& step, double minutes) const;
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
    /// A step began, ended or went on.
    void timed();
    /// The act is done, or the work that it asked for has begun: then nothing is refused. Or it was refused, and why.
    void answered(int act, const QString& refusal);

private:
    /// Whether the store says that the work which an act asked for goes on.
    using Begun = std::function<bool(const ShownPlan&)>;
    /// An act that is not answered yet.
    struct Sent
    {
        int act = 0;
        PlanId plan;
        /// The work comes to its end long after it was begun; empty for an act that is done at once.
        Begun begun = {};
        /// Of steps to look at, made before it.
        int choices = 0;
    };

    [[nodiscard]] const ShownPlan* shown() const { return m_sight.plan(m_id); }
    void refresh();
    /// The rows that time alone changes; true if more than their times is other than it was.
    bool refreshRows(const ShownPlan& plan, const Schedule& schedule);
    void showSteps();
    void showStep();
    void showSystems();
    void showTimes(const Schedule& schedule);
    int await(QFuture<Result<Plan>> answer, const Begun& begun = {});
    /// Refused here, without asking the engine.
    int refuse(const QString& sentence);
    void end(int act, const PlanId& plan, const QString& refusal);
    /// Nobody waits for this act any more.
    void settle(int act, const QString& refusal);
    void settleWhatHasBegun();
    /// Puts what comes of it into `where`, or says what went wrong.
    void receive(QFuture<Result<QString>> answer, QString& where);
    template <class Command>
    int act(const Command& command)
    {
        return await(m_engine.ask([id = m_id, command](Engine& engine) { return engine.act(id, command); }));
    }
    [[nodiscard]] QString timeTextOf(const Schedule& schedule) const;

    EngineThread& m_engine;
    Sight m_sight;
    PlanId m_id;
    RowModel<StepRow> m_steps;
    StepViewModel m_step;
    RowModel<LeftoverRow> m_leftovers;
    RowModel<CheckRow> m_checks;
    GraphViewModel m_stepGraph;
    GraphViewModel m_systemGraph;
    RowModel<SystemRow> m_systems;
    WorkLog m_log;
    HeightsViewModel m_heights;
    QStringList m_timedSteps;
    QList<double> m_expected;
    QList<double> m_actual;
    Guidance m_guidance;
    PlanRefusals m_refusals;
    QString m_selected;
    QString m_timeText;
    /// The person chose a step; it no longer follows the current one.
    bool m_chosen = false;
    /// How often they did.
    int m_choices = 0;
    int m_lastAct = 0;
    QList<Sent> m_sent;
    QString m_progress;
    QString m_trouble;
    QString m_reportPath;
    QString m_requestPath;
    QString m_sheet;
    bool m_late = false;
    /// Commands on their way, by plan.
    QHash<PlanId, int> m_busy;
};

} // namespace rc::ui
