// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/stop_watch.h"

namespace rc {
namespace {

constexpr std::chrono::milliseconds Interval{250};

StopWatch::Wanted stopOf(const StepId& step, int attempt)
{
    return [step, attempt](const Plan& plan) {
        const auto index = plan.indexOf(step);
        const bool byName = index >= 0 && plan.steps[index].attempt == attempt && plan.steps[index].cancel;
        return byName || plan.status == PlanStatus::Aborting;
    };
}

} // namespace

StopWatch::StopWatch(Look look, Wanted wanted, CancelToken cancel)
    : m_look(std::move(look))
    , m_wanted(std::move(wanted))
    , m_cancel(std::move(cancel))
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { lookOnce(); });
    m_timer.start(Interval);
}

StopWatch::StopWatch(Look look, const StepId& step, int attempt, CancelToken cancel)
    : StopWatch(std::move(look), stopOf(step, attempt), std::move(cancel))
{
}

void StopWatch::lookOnce()
{
    const auto plan = m_look();
    if (plan && m_wanted(*plan)) {
        m_cancel.cancel();
        m_timer.stop();
    }
}

} // namespace rc
