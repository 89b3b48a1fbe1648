// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/desk/desk_view.h"
#include "model/people/actor.h"
#include "ui/base/tone.h"

#include <QObject>
#include <QQmlEngine>

namespace rc::ui {

/// A line of the checklist.
class StepRow
{
    Q_GADGET
    QML_VALUE_TYPE(stepRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(int number MEMBER number FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    /// "By hand" or what the machine does.
    Q_PROPERTY(QString kind MEMBER kind FINAL)
    /// Id of the state, and its word.
    Q_PROPERTY(QString state MEMBER state FINAL)
    Q_PROPERTY(QString stateText MEMBER stateText FINAL)
    Q_PROPERTY(rc::ui::Tone::Value tone MEMBER tone FINAL)
    /// Roles of which one is needed, and whether the one who looks has one.
    Q_PROPERTY(QString roles MEMBER roles FINAL)
    Q_PROPERTY(bool mine MEMBER mine FINAL)
    /// Why it waits; empty otherwise.
    Q_PROPERTY(QString waiting MEMBER waiting FINAL)
    /// What came of it, or of the last attempt.
    Q_PROPERTY(QString message MEMBER message FINAL)
    Q_PROPERTY(int attempt MEMBER attempt FINAL)
    /// "about 3 min", or "1 min 02 s of 3 min" from its start on; empty when nothing is expected or known.
    Q_PROPERTY(QString times MEMBER times FINAL)
    /// What is odd about its pace: "took 200 ms where 40 s were usual ..."; empty when nothing is.
    Q_PROPERTY(QString odd MEMBER odd FINAL)
    /// It is one of those that decide when the plan ends, while there are others that do not.
    Q_PROPERTY(bool critical MEMBER critical FINAL)
    Q_PROPERTY(bool current MEMBER current FINAL)
    /// Nothing before it can be taken back once it has been started.
    Q_PROPERTY(bool pointOfNoReturn MEMBER pointOfNoReturn FINAL)

public:
    QString key;
    int number = 0;
    QString name;
    QString kind;
    QString state;
    QString stateText;
    Tone::Value tone = Tone::Normal;
    QString roles;
    bool mine = false;
    QString waiting;
    QString message;
    int attempt = 1;
    QString times;
    QString odd;
    bool critical = false;
    bool current = false;
    bool pointOfNoReturn = false;

    friend bool operator==(const StepRow&, const StepRow&) = default;
};

/// `schedule` is that of the plan at `now`.
[[nodiscard]] StepRow stepRow(const ShownPlan& shown, const Schedule& schedule, qsizetype index,
                              const std::optional<Actor>& actor, Timestamp now);
[[nodiscard]] QList<StepRow> stepRows(const ShownPlan& shown, const Schedule& schedule,
                                      const std::optional<Actor>& actor, Timestamp now);
[[nodiscard]] inline QList<StepRow> stepRows(const ShownPlan& shown, const std::optional<Actor>& actor, Timestamp now)
{
    return stepRows(shown, shown.schedule(now), actor, now);
}

/// Whether time alone changes the step's row: it runs, begins not before some time, or has approvals, which lapse.
[[nodiscard]] bool changesWithTime(const ShownPlan& shown, qsizetype index);

/// What the model says that something waits for, as sentences with roles in words.
[[nodiscard]] QString waitingText(const QStringList& reasons);
[[nodiscard]] Tone::Value toneOf(StepState state);
[[nodiscard]] Tone::Value toneOf(PlanStatus status);
[[nodiscard]] Tone::Value toneOf(HealthState state);
[[nodiscard]] Tone::Value toneOf(StoreState state);

} // namespace rc::ui
