// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/base/operation.h"

#include <QCoroTimer>
#include <QDeadlineTimer>

namespace rc {

LimitedOperation::LimitedOperation(const Operation& outer, Milliseconds limit)
    : operation(outer)
{
    operation.cancel = outer.cancel.child();
    if (limit > Milliseconds(0)) {
        timer = std::make_unique<QTimer>();
        timer->setSingleShot(true);
        timer->callOnTimeout([token = operation.cancel]() mutable { token.cancel(); });
        timer->start(limit);
    }
}

QCoro::Task<bool> pause(Milliseconds duration, CancelToken cancel)
{
    const QDeadlineTimer deadline(duration);
    while (!deadline.hasExpired() && !cancel.isCancelled()) {
        const auto slice = std::min<qint64>(50, deadline.remainingTime());
        co_await QCoro::sleepFor(Milliseconds(slice));
    }
    co_return !cancel.isCancelled();
}

} // namespace rc
