// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/plan_runner.h"

#include <QObject>

namespace rc {

/// The steps of one armed plan that run side by side in this process, all in its one thread.
class PlanRunner::Crew : public QObject
{
    Q_OBJECT

public:
    /// Steps at work now.
    int atWork = 0;
    /// A step has ended since somebody last looked.
    bool hasNews = false;
    /// A critical step has failed, here or elsewhere, since the plan was armed: nothing more starts.
    bool isBroken = false;
    /// Ends of steps that were there already when somebody last looked for that.
    qsizetype seenEnds = 0;
    /// Looks in a row in which others were first with all there was to start.
    int overtaken = 0;
    /// Interrupted steps that were looked at, or are being.
    QSet<qsizetype> settled;
    /// The step of another executor that is waited for, and was told of.
    StepId awaited;
    /// What went wrong beside the steps themselves, such as an outcome that could not be written.
    Status problem;

Q_SIGNALS:
    void ended();
};

/// Somebody else wrote to a stream, as opposed to a decision that came too late.
[[nodiscard]] bool isRace(const Status& written);
/// Of an act that was told to stop before it had begun.
[[nodiscard]] std::unexpected<Error> stoppedBefore();
/// What a plan that was stopped has left undone, as the error that says so.
[[nodiscard]] Error stoppedOnRequest(const Plan& plan, Timestamp now);

} // namespace rc
