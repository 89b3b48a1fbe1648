// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/frame_view_model.h"
#include "ui/console/incident_view_model.h"
#include "ui/console/overview_view_model.h"
#include "ui/console/plan_view_model.h"
#include "ui/console/sign_in_view_model.h"

#include <QTimer>

namespace rc::ui {

/// The view models of one window over one engine: joins what the engine tells into one sight and shows it to all of
/// them at once when something changed; what shows ages and times, every second besides.
class Console : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program.")
    Q_PROPERTY(rc::ui::SignInViewModel* signIn READ signIn CONSTANT FINAL)
    Q_PROPERTY(rc::ui::FrameViewModel* frame READ frame CONSTANT FINAL)
    Q_PROPERTY(rc::ui::OverviewViewModel* overview READ overview CONSTANT FINAL)
    Q_PROPERTY(rc::ui::IncidentViewModel* incident READ incident CONSTANT FINAL)
    Q_PROPERTY(rc::ui::PlanViewModel* plan READ plan CONSTANT FINAL)
    /// The dark theme; as the person left it here, at first as the desktop has it.
    Q_PROPERTY(bool dark READ dark WRITE setDark NOTIFY darkChanged FINAL)

public:
    explicit Console(EngineThread& engine, QObject* parent = nullptr);

    [[nodiscard]] SignInViewModel* signIn() { return &m_signIn; }
    [[nodiscard]] FrameViewModel* frame() { return &m_frame; }
    [[nodiscard]] OverviewViewModel* overview() { return &m_overview; }
    [[nodiscard]] IncidentViewModel* incident() { return &m_incident; }
    [[nodiscard]] PlanViewModel* plan() { return &m_plan; }
    [[nodiscard]] bool dark() const { return m_dark; }
    void setDark(bool dark);

Q_SIGNALS:
    void darkChanged();

private:
    /// What the store and the one who is signed in change.
    void showStore();
    /// What time changes as well.
    void show();

    SignInViewModel m_signIn;
    FrameViewModel m_frame;
    OverviewViewModel m_overview;
    IncidentViewModel m_incident;
    PlanViewModel m_plan;
    Sight m_sight;
    QTimer m_clock;
    bool m_dark;
};

} // namespace rc::ui
