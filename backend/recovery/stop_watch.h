// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "model/plan/plan.h"

#include <QTimer>

namespace rc {

/// Looks a few times a second whether somebody, here or in another process, wants a step to stop: by name, or with the
/// whole plan. Then it cancels the operation. For as long as it lives.
class StopWatch
{
public:
    /// The plan as it is now, or why it cannot be read; then the step goes on.
    using Look = std::function<Result<Plan>()>;
    /// Whether the plan says so.
    using Wanted = std::function<bool(const Plan&)>;

    StopWatch(Look look, Wanted wanted, CancelToken cancel);
    /// For an attempt that runs.
    StopWatch(Look look, const StepId& step, int attempt, CancelToken cancel);

    /// Not waiting for its next turn: right before what cannot be stopped half-way.
    void lookOnce();

private:
    Look m_look;
    Wanted m_wanted;
    CancelToken m_cancel;
    QTimer m_timer;
};

} // namespace rc
