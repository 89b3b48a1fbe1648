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
    /// In the order of the inventory, so that a system keeps its place.
    Q_PROPERTY(rc::ui::RowModelBase* systems READ systems CONSTANT FINAL)
    /// "5 of 6 healthy".
    Q_PROPERTY(QString healthyText READ healthyText NOTIFY changed FINAL)
    Q_PROPERTY(QString incidentText READ incidentText NOTIFY changed FINAL)
    Q_PROPERTY(QString planTitle READ planTitle NOTIFY changed FINAL)
    /// "Recover", "Verify": the phase of the plan; empty without an open one.
    Q_PROPERTY(QString phase READ phase NOTIFY changed FINAL)
    Q_PROPERTY(int stepsDone READ stepsDone NOTIFY changed FINAL)
    Q_PROPERTY(int stepsTotal READ stepsTotal NOTIFY changed FINAL)
    Q_PROPERTY(QString elapsed READ elapsed NOTIFY changed FINAL)
    /// "about 7 min to go, until 14:31".
    Q_PROPERTY(QString eta READ eta NOTIFY changed FINAL)
    Q_PROPERTY(QString step READ step NOTIFY changed FINAL)
    /// Whose turn it is, or what is waited for.
    Q_PROPERTY(QString waiting READ waiting NOTIFY changed FINAL)
    /// A plan is open, and no console or script lives that could carry it on.
    Q_PROPERTY(bool deserted READ deserted NOTIFY changed FINAL)
    /// Since the engine last looked at the systems, s.
    Q_PROPERTY(int age READ age NOTIFY changed FINAL)
    /// Too old to be believed.
    Q_PROPERTY(bool stale READ stale NOTIFY changed FINAL)
    /// Why nothing can be shown; empty when it can.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed FINAL)

public:
    explicit WallViewModel(EngineThread& engine, QObject* parent = nullptr);

    [[nodiscard]] FrameViewModel* frame() { return &m_frame; }
    [[nodiscard]] RowModelBase* systems() { return &m_systems; }
    [[nodiscard]] QString healthyText() const;
    [[nodiscard]] QString incidentText() const;
    [[nodiscard]] QString planTitle() const;
    [[nodiscard]] QString phase() const;
    [[nodiscard]] int stepsDone() const;
    [[nodiscard]] int stepsTotal() const;
    [[nodiscard]] QString elapsed() const;
    [[nodiscard]] QString eta() const;
    [[nodiscard]] QString step() const;
    [[nodiscard]] QString waiting() const;
    [[nodiscard]] bool deserted() const;
    [[nodiscard]] int age() const;
    [[nodiscard]] bool stale() const;
    [[nodiscard]] QString trouble() const;

    void show(const Sight& sight);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] const ShownPlan* open() const { return m_sight.urgentPlan(); }

    Sight m_sight;
    FrameViewModel m_frame;
    RowModel<SystemRow> m_systems;
    QTimer m_clock;
};

} // namespace rc::ui
