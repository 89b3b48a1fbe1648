// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/stop_watch.h"

namespace rc {
namespace {

constexpr std::chrono::milliseconds Interval{250};

} // namespace

StopWatch::StopWatch(Look look, StepId step, int attempt, CancelToken cancel)
    : m_look(std::move(look))
    , m_step(std::move(step))
    , m_attempt(attempt)
    , m_cancel(std::move(cancel))
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { lookOnce(); });
    m_timer.start(Interval);
}

void StopWatch::lookOnce()
{
    const auto plan = m_look();
    if (!plan) {
        return;
    }
    const auto index = plan->indexOf(m_step);
    const bool wanted = index >= 0 && plan->steps[index].attempt == m_attempt && plan->steps[index].cancel;
    if (wanted || plan->status == PlanStatus::Aborting) {
        m_cancel.cancel();
        m_timer.stop();
    }
}

} // namespace rc
