// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/engine_thread.h"
#include "ui/base/row_model.h"
#include "ui/console/overview_view_model.h"
#include "ui/console/plan_view_model.h"
#include "ui/console/sight.h"

namespace rc::ui {

/// A procedure that fits the incident.
class ProcedureRow
{
    Q_GADGET
    QML_VALUE_TYPE(procedureRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString description MEMBER description FINAL)
    Q_PROPERTY(QString risk MEMBER risk FINAL)
    Q_PROPERTY(QString roles MEMBER roles FINAL)
    Q_PROPERTY(qint64 estimateMs MEMBER estimateMs FINAL)
    Q_PROPERTY(int steps MEMBER steps FINAL)
    /// Roles that have to consent to a step; empty when nobody has to.
    Q_PROPERTY(QString approvals MEMBER approvals FINAL)

public:
    QString key;
    QString name;
    QString description;
    QString risk;
    QString roles;
    qint64 estimateMs = 0;
    int steps = 0;
    QString approvals;

    friend bool operator==(const ProcedureRow&, const ProcedureRow&) = default;
};

/// Something a procedure asks for before it starts.
class ParameterRow
{
    Q_GADGET
    QML_VALUE_TYPE(parameterRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString label MEMBER label FINAL)
    Q_PROPERTY(QString description MEMBER description FINAL)
    Q_PROPERTY(QString type MEMBER type FINAL)
    Q_PROPERTY(bool required MEMBER required FINAL)
    Q_PROPERTY(QString value MEMBER value FINAL)

public:
    QString key;
    QString label;
    QString description;
    QString type;
    bool required = false;
    QString value;

    friend bool operator==(const ParameterRow&, const ParameterRow&) = default;
};

/// One incident: what is known, the procedures for its type, and a preview of the plan that one of them would make.
class IncidentViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    Q_PROPERTY(QString incidentId READ incidentId WRITE setIncidentId NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::IncidentRow incident READ incident NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* procedures READ procedures CONSTANT FINAL)
    /// Which procedures fit is not known yet.
    Q_PROPERTY(bool reading READ reading NOTIFY changed FINAL)
    /// Why there is no procedure, or no step, to be seen: there is none, or that is not known.
    Q_PROPERTY(QString noProcedures READ noProcedures NOTIFY changed FINAL)
    Q_PROPERTY(QString noSteps READ noSteps NOTIFY changed FINAL)
    /// Its open plan; empty without one.
    Q_PROPERTY(QString openPlan READ openPlan NOTIFY changed FINAL)
    Q_PROPERTY(QString procedure READ procedure WRITE setProcedure NOTIFY changed FINAL)
    /// The steps that the plan would have.
    Q_PROPERTY(rc::ui::RowModelBase* steps READ steps CONSTANT FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* parameters READ parameters CONSTANT FINAL)
    Q_PROPERTY(QString planHash READ planHash NOTIFY changed FINAL)
    /// Why no plan can be started like this; empty when one can.
    Q_PROPERTY(QString reason READ reason NOTIFY changed FINAL)
    /// From when on things may have been altered, and when it was contained; UTC, empty while it is not.
    Q_PROPERTY(QString compromisedSince READ compromisedSince NOTIFY changed FINAL)
    Q_PROPERTY(QString containedAt READ containedAt NOTIFY changed FINAL)
    /// Why the one who is signed in cannot change what was said of it; empty when they can.
    Q_PROPERTY(QString amendReason READ amendReason NOTIFY changed FINAL)
    /// Why the one who is signed in cannot close it; empty when they can.
    Q_PROPERTY(QString closeReason READ closeReason NOTIFY changed FINAL)
    /// What closing it means, and what is open still: its last plan, systems that are not well.
    Q_PROPERTY(QString closeText READ closeText NOTIFY closeTextChanged FINAL)
    /// Why the last act was refused.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ busy NOTIFY changed FINAL)
    /// Where its last report was written; empty before one was.
    Q_PROPERTY(QString reportPath READ reportPath NOTIFY changed FINAL)

public:
    explicit IncidentViewModel(EngineThread& engine, QObject* parent = nullptr);

    [[nodiscard]] QString incidentId() const { return m_id.text(); }
    void setIncidentId(const QString& id);
    [[nodiscard]] IncidentRow incident() const { return m_incident; }
    [[nodiscard]] RowModelBase* procedures() { return &m_procedureRows; }
    [[nodiscard]] bool reading() const { return m_reading; }
    [[nodiscard]] QString noProcedures() const;
    [[nodiscard]] QString noSteps() const;
    [[nodiscard]] QString openPlan() const;
    [[nodiscard]] QString procedure() const { return m_procedure.text(); }
    void setProcedure(const QString& id);
    [[nodiscard]] RowModelBase* steps() { return &m_steps; }
    [[nodiscard]] RowModelBase* parameters() { return &m_parameterRows; }
    [[nodiscard]] QString planHash() const { return m_prepared ? m_prepared->pins.planHash : QString(); }
    [[nodiscard]] QString reason() const { return m_reason; }
    [[nodiscard]] QString compromisedSince() const;
    [[nodiscard]] QString containedAt() const;
    [[nodiscard]] QString amendReason() const;
    [[nodiscard]] QString closeReason() const;
    [[nodiscard]] QString closeText() const { return m_closeText; }
    [[nodiscard]] QString trouble() const { return m_trouble; }
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] QString reportPath() const { return m_reportPath; }

    /// What the store tells, and who is signed in: to be shown when it is something new.
    void show(const Sight& sight);
    /// What changes all the time: how the systems are.
    void showTime(const Sight& sight);

    Q_INVOKABLE void setParameter(const QString& id, const QString& value);
    /// Starts what the preview shows, or nothing if it is no longer that.
    Q_INVOKABLE void startPlan();
    /// Looks again which procedures fit: their files are written without a word of the store.
    Q_INVOKABLE void readAgain();
    /// Changes what was said of it: times in UTC as they are shown, `contained` also "now"; systems with commas. What
    /// is as it was is left alone. Answers as close() does.
    Q_INVOKABLE int amend(const QString& incident, const QString& title, const QString& since, const QString& contained,
                          const QString& systems, const QString& reason);
    /// Ends the incident for good; the reason is recorded. Answers the number of the act, and `answered` what came of
    /// it.
    Q_INVOKABLE int close(const QString& incident, const QString& reason);
    Q_INVOKABLE void clearTrouble();
    /// Writes what is known of the incident and all its plans by now as PDF, into the folder `reports` of the home.
    Q_INVOKABLE void writeReport();
    Q_INVOKABLE void clearReport();

Q_SIGNALS:
    void changed();
    void closeTextChanged();
    /// The act is done, and nothing is refused; or it was refused, and why.
    void answered(int act, const QString& refusal);
    void started(const QString& plan);

private:
    void readProcedures();
    void showProcedures(const Result<QList<Procedure>>& procedures);
    void preview();
    /// What was prepared is for something else.
    void forgetPreview();
    /// Whether the one who is signed in now may start what is prepared.
    void judge();
    void showProcedure();
    void describeClosing();
    /// Asks the engine for an act on the incident; answers its number.
    template <class Act>
    int change(const IncidentId& incident, Act how);
    void endChange(int act, const IncidentId& incident, const QString& refusal);
    [[nodiscard]] const Incident* shownIncident() const;
    [[nodiscard]] StartRequest request() const;

    EngineThread& m_engine;
    Sight m_sight;
    IncidentId m_id;
    IncidentRow m_incident;
    QList<Procedure> m_procedures;
    RowModel<ProcedureRow> m_procedureRows;
    ProcedureId m_procedure;
    /// One was chosen for this incident already, by a person or because it was the first.
    bool m_chosen = false;
    /// The name of the one that was, and fits no more; empty while it does.
    QString m_gone;
    RowModel<StepRow> m_steps;
    RowModel<ParameterRow> m_parameterRows;
    QJsonObject m_given;
    /// What the preview shows; nothing while it is being prepared, or where it cannot be.
    std::optional<StartPlan> m_prepared;
    QString m_refusal;
    QString m_reason;
    QString m_closeText;
    QString m_trouble;
    QString m_reportPath;
    bool m_reading = false;
    /// The procedures could not be read.
    bool m_unread = false;
    int m_lastAct = 0;
    bool m_busy = false;
    /// Of the preview that was asked for last; answers to others come too late.
    int m_asked = 0;
};

} // namespace rc::ui
