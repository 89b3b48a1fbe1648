// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/engine_thread.h"
#include "ui/base/row_model.h"
#include "ui/console/sight.h"
#include "ui/console/step_row.h"
#include "ui/console/system_row.h"

namespace rc::ui {

/// An incident, or a proposal that may become one.
class IncidentRow
{
    Q_GADGET
    QML_VALUE_TYPE(incidentRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString title MEMBER title FINAL)
    Q_PROPERTY(QString type MEMBER type FINAL)
    Q_PROPERTY(QString severity MEMBER severity FINAL)
    Q_PROPERTY(QString status MEMBER status FINAL)
    Q_PROPERTY(QString systems MEMBER systems FINAL)
    Q_PROPERTY(QString since MEMBER since FINAL)
    Q_PROPERTY(bool open MEMBER open FINAL)
    /// Id of its newest plan; empty without one.
    Q_PROPERTY(QString planId MEMBER planId FINAL)
    Q_PROPERTY(QString evidence MEMBER evidence FINAL)
    /// "High · validator-3": what is known beside the title, in one line.
    Q_PROPERTY(QString summary READ summary FINAL)

public:
    [[nodiscard]] QString summary() const { return systems.isEmpty() ? severity : severity + " · " + systems; }

    QString key;
    QString title;
    QString type;
    QString severity;
    QString status;
    QString systems;
    QString since;
    bool open = true;
    QString planId;
    QString evidence;

    friend bool operator==(const IncidentRow&, const IncidentRow&) = default;
};

/// An open plan in a list.
class PlanRow
{
    Q_GADGET
    QML_VALUE_TYPE(planRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString title MEMBER title FINAL)
    Q_PROPERTY(QString incident MEMBER incident FINAL)
    Q_PROPERTY(QString stateText MEMBER stateText FINAL)
    Q_PROPERTY(rc::ui::Tone::Value tone MEMBER tone FINAL)
    /// What it needs next, or waits for.
    Q_PROPERTY(QString next MEMBER next FINAL)

public:
    QString key;
    QString title;
    QString incident;
    QString stateText;
    Tone::Value tone = Tone::Normal;
    QString next;

    friend bool operator==(const PlanRow&, const PlanRow&) = default;
};

/// The first page: what is broken, what is proposed, what is in hand.
class OverviewViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    /// Worst first, then as in the inventory.
    Q_PROPERTY(rc::ui::RowModelBase* systems READ systems CONSTANT FINAL)
    Q_PROPERTY(QString systemsTrouble READ systemsTrouble NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* proposals READ proposals CONSTANT FINAL)
    /// Newest first, closed ones last.
    Q_PROPERTY(rc::ui::RowModelBase* incidents READ incidents CONSTANT FINAL)
    /// The open plans, most urgent first.
    Q_PROPERTY(rc::ui::RowModelBase* plans READ plans CONSTANT FINAL)
    /// What the store holds is known.
    Q_PROPERTY(bool readable READ readable NOTIFY changed FINAL)
    /// Why there is no system, or no incident, to be seen: there is none, or that is not known.
    Q_PROPERTY(QString noSystems READ noSystems NOTIFY changed FINAL)
    Q_PROPERTY(QString noIncidents READ noIncidents NOTIFY changed FINAL)
    /// Why the one who is signed in cannot make a proposal an incident, or dismiss it, now; empty when they can.
    Q_PROPERTY(QString confirmReason READ confirmReason NOTIFY changed FINAL)
    Q_PROPERTY(QString dismissReason READ dismissReason NOTIFY changed FINAL)
    /// Why the last act failed.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed FINAL)

public:
    explicit OverviewViewModel(EngineThread& engine, QObject* parent = nullptr);

    [[nodiscard]] RowModelBase* systems() { return &m_systems; }
    [[nodiscard]] RowModelBase* proposals() { return &m_proposals; }
    [[nodiscard]] RowModelBase* incidents() { return &m_incidents; }
    [[nodiscard]] RowModelBase* plans() { return &m_plans; }
    [[nodiscard]] QString systemsTrouble() const { return m_systemsTrouble; }
    [[nodiscard]] bool readable() const { return storeText().isEmpty(); }
    [[nodiscard]] QString noSystems() const;
    [[nodiscard]] QString noIncidents() const;
    [[nodiscard]] QString confirmReason() const { return m_confirmReason; }
    [[nodiscard]] QString dismissReason() const { return m_dismissReason; }
    [[nodiscard]] QString trouble() const { return m_trouble; }

    /// What the store tells: to be shown when it has told something new.
    void showStore(const StoreView& store);
    /// What changes all the time: how the systems are, how old that is, and what the open plans need next.
    void show(const Sight& sight);
    /// The row of an incident; unchanged if the store does not know it.
    static void describe(const Sight& sight, const IncidentId& id, IncidentRow& row);

    // Acts. Each answers its number; `answered` says what came of it.

    Q_INVOKABLE int confirm(const QString& proposal);
    Q_INVOKABLE int dismiss(const QString& proposal, const QString& reason);
    Q_INVOKABLE void clearTrouble();

Q_SIGNALS:
    void changed();
    /// A proposal became this incident.
    void opened(const QString& incident);
    /// The act is done, and nothing is refused; or it was refused, and why.
    void answered(int act, const QString& refusal);

private:
    /// An act is on its way, until it is settled.
    int begin();
    void settleLater(int act, const QString& refusal);
    void settle(int act, const QString& refusal);
    /// Whether the one who is signed in may answer proposals now.
    void judge();
    /// Why nothing can be said of what the store holds; empty when it can.
    [[nodiscard]] QString storeText() const;

    EngineThread& m_engine;
    RowModel<SystemRow> m_systems;
    RowModel<IncidentRow> m_proposals;
    RowModel<IncidentRow> m_incidents;
    RowModel<PlanRow> m_plans;
    QString m_systemsTrouble;
    QString m_trouble;
    QString m_confirmReason;
    QString m_dismissReason;
    StoreState m_storeState = StoreState::Opening;
    QString m_storeTrouble;
    std::optional<Actor> m_actor;
    int m_lastAct = 0;
    int m_onTheirWay = 0;
};

} // namespace rc::ui
