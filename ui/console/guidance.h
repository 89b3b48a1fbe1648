// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/desk/desk_view.h"
#include "model/people/actor.h"

#include <QObject>
#include <QQmlEngine>

namespace rc::ui {

/// What pressing the button of the next act does.
class Deed : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Names only.")

public:
    enum Value {
        /// Nothing is to be done: it is over, or the machine works.
        Nothing,
        /// Let what is automated run.
        Run,
        /// Run one step that cannot be taken back and so does not run by itself.
        RunStep,
        /// Say that a manual step is done.
        Tick,
        /// Consent as a second person.
        Approve,
        /// A step failed.
        Retry,
        /// A step was interrupted, and nobody knows whether it took effect.
        Settle,
        Verify,
        Declare,
        Resume,
        FinishAbort,
        /// Say what became of an interrupted step.
        Judge,
        /// Do without a step; and consent to it as a second person.
        Skip,
        ApproveSkip,
        /// Stop a step that runs.
        StopStep,
        /// Restore what was there before a step; and consent to it as a second person.
        Undo,
        ApproveUndo,
        /// Consent by a file, from a person who is not at this desk.
        ApproveElsewhere,
        ApproveUndoElsewhere,
        ApproveSkipElsewhere,
        /// Put a step and what comes after it off, or let it go on.
        Hold,
        Release,
        /// Look at what a step would do.
        Preview,
        /// Choose a procedure for an incident that has none; look at what the monitor proposes.
        TakeIncident,
        LookAtProposals,
    };
    Q_ENUM(Value)
};

/// What an approval, of whichever of these deeds, consents to.
[[nodiscard]] StepAct actOf(Deed::Value deed);

/// What a plan needs next from people, and whether the one who looks can give it: the one primary act of the plan's
/// page and of the bar below every page. A value; rules stay in the model, which is asked by trying.
class Guidance
{
    Q_GADGET
    QML_VALUE_TYPE(guidance)
    /// What pressing the button does.
    Q_PROPERTY(rc::ui::Deed::Value deed MEMBER deed FINAL)
    /// The step that it is about; empty for the plan as a whole.
    Q_PROPERTY(QString step MEMBER step FINAL)
    /// On the button: a verb and its object.
    Q_PROPERTY(QString text MEMBER text FINAL)
    /// Beside it: what that means, who has to do it, or what is waited for.
    Q_PROPERTY(QString hint MEMBER hint FINAL)
    /// Why this person cannot do it; empty when they can.
    Q_PROPERTY(QString reason MEMBER reason FINAL)
    /// On a second button: another way on from here; empty without one. After Settle a person's own judgement, after
    /// Retry to do without the step.
    Q_PROPERTY(QString otherText MEMBER otherText FINAL)

public:
    Deed::Value deed = Deed::Nothing;
    QString step = {};
    QString text = {};
    QString hint = {};
    QString reason = {};
    QString otherText = {};

    friend bool operator==(const Guidance&, const Guidance&) = default;
};

/// "about 7 min to go" while it runs, "about 7 min of work left" while it waits, and nothing invented for what
/// takes longer than expected: "overdue, about 7 min to go". Empty when no work is left to do: while it soaks or is
/// aborted.
[[nodiscard]] QString timeToGo(const ShownPlan& shown, Timestamp now);
/// `actor` is nobody while no one is signed in.
[[nodiscard]] Guidance guidanceFor(const ShownPlan& shown, const std::optional<Actor>& actor, Timestamp now);

} // namespace rc::ui
