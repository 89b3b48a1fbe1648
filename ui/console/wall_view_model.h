// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/frame_view_model.h"
#include "ui/console/system_row.h"

#include <QTimer>

namespace rc::ui {

/// What a wall shows a room: how the network is, where the recovery is, what it waits for, and how old all that is.
/// Nothing here can change anything.
class WallViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program.")
    Q_PROPERTY(rc::ui::FrameViewModel* frame READ frame CONSTANT FINAL)
    /// In the order of the inventory, so that a system keeps its place; worst first when there are more than places.
    Q_PROPERTY(rc::ui::RowModelBase* systems READ systems CONSTANT FINAL)
    /// So many systems can be seen at once; the window says it.
    Q_PROPERTY(int places READ places WRITE setPlaces NOTIFY placesChanged FINAL)
    /// "5 of 6 healthy".
    Q_PROPERTY(QString healthyText READ healthyText NOTIFY changed FINAL)
    Q_PROPERTY(QString incidentText READ incidentText NOTIFY changed FINAL)
    /// "Recover", "Verify", and where the plan does not go on by itself "Paused", "Verification failed": what stands
    /// largest. How the network is, without an open plan.
    Q_PROPERTY(QString headline READ headline NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::Tone::Value headlineTone READ headlineTone NOTIFY changed FINAL)
    /// A plan is open.
    Q_PROPERTY(bool underWay READ underWay NOTIFY changed FINAL)
    /// "and 2 more open": the open plans beside the one that is shown; empty where there are none.
    Q_PROPERTY(QString otherPlans READ otherPlans NOTIFY changed FINAL)
    Q_PROPERTY(int stepsDone READ stepsDone NOTIFY changed FINAL)
    Q_PROPERTY(int stepsTotal READ stepsTotal NOTIFY changed FINAL)
    Q_PROPERTY(QString elapsed READ elapsed NOTIFY changed FINAL)
    /// "about 7 min to go"; "about 7 min of work left" while nobody works.
    Q_PROPERTY(QString eta READ eta NOTIFY changed FINAL)
    /// What the end as expected leaves of the recovery-time objective, or by how much it is missed; empty without one.
    Q_PROPERTY(QString objective READ objective NOTIFY changed FINAL)
    /// The objective is missed, or will be.
    Q_PROPERTY(bool late READ late NOTIFY changed FINAL)
    Q_PROPERTY(QString step READ step NOTIFY changed FINAL)
    /// Whose turn it is, or what is waited for.
    Q_PROPERTY(QString waiting READ waiting NOTIFY changed FINAL)
    /// It is a person's turn.
    Q_PROPERTY(bool waitsForPeople READ waitsForPeople NOTIFY changed FINAL)
    /// Under the headline while no plan is open: that none is, or that this is not known.
    Q_PROPERTY(QString idleText READ idleText NOTIFY changed FINAL)
    /// What a room has to know before all else, each in a band of its own: a store that is lost, data too old to be
    /// believed, an open plan and no console or script alive that could carry it on.
    Q_PROPERTY(QStringList alarms READ alarms NOTIFY changed FINAL)

public:
    explicit WallViewModel(EngineThread& engine, QObject* parent = nullptr);

    [[nodiscard]] FrameViewModel* frame() { return &m_frame; }
    [[nodiscard]] RowModelBase* systems() { return &m_systems; }
    [[nodiscard]] int places() const { return m_places; }
    void setPlaces(int places);
    [[nodiscard]] QString healthyText() const;
    [[nodiscard]] QString incidentText() const;
    [[nodiscard]] QString headline() const;
    [[nodiscard]] Tone::Value headlineTone() const;
    [[nodiscard]] bool underWay() const { return open() != nullptr; }
    [[nodiscard]] QString otherPlans() const { return m_sight.otherPlans(); }
    [[nodiscard]] int stepsDone() const;
    [[nodiscard]] int stepsTotal() const;
    [[nodiscard]] QString elapsed() const;
    [[nodiscard]] QString eta() const;
    [[nodiscard]] QString objective() const;
    [[nodiscard]] bool late() const;
    [[nodiscard]] QString step() const;
    [[nodiscard]] QString waiting() const;
    [[nodiscard]] bool waitsForPeople() const;
    [[nodiscard]] QString idleText() const;
    [[nodiscard]] QStringList alarms() const;

    void show(const Sight& sight);

Q_SIGNALS:
    void changed();
    void placesChanged();

private:
    [[nodiscard]] const ShownPlan* open() const { return m_sight.urgentPlan(); }
    [[nodiscard]] Guidance next() const;
    [[nodiscard]] std::optional<Milliseconds> margin() const;
    [[nodiscard]] QString staleText() const;
    void placeSystems();
    [[nodiscard]] QString trouble() const;

    Sight m_sight;
    FrameViewModel m_frame;
    RowModel<SystemRow> m_systems;
    int m_places = 12;
    QTimer m_clock;
};

} // namespace rc::ui
