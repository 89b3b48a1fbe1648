// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/clock.h"
#include "model/base/error.h"

#include <QCoroTask>
#include <QTimer>

#include <functional>
#include <memory>

namespace rc {

/// Asks a long operation to end in good order. Copies share one state; the operation looks at it between its acts, and
/// ends with ErrorCode::Cancelled, leaving nothing half done.
class CancelToken
{
public:
    CancelToken()
        : m_state(std::make_shared<State>())
    {
    }

    void cancel() { m_state->cancelled = true; }
    [[nodiscard]] bool isCancelled() const
    {
        return m_state->cancelled || (m_state->parent && CancelToken(m_state->parent).isCancelled());
    }
    /// A token of its own that is cancelled with this one too: for a part with its own time limit.
    [[nodiscard]] CancelToken child() const { return CancelToken(std::make_shared<State>(State{false, m_state})); }

private:
    struct State
    {
        bool cancelled = false;
        std::shared_ptr<State> parent;
    };
    explicit CancelToken(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
    }

    std::shared_ptr<State> m_state;
};

/// What every long operation is given: how it may be stopped, and where it tells what it does, a line at a time.
struct Operation
{
    CancelToken cancel;
    std::function<void(const QString& line)> progress = [](const QString&) {};
};

/// An operation that is cancelled with the given one, and by itself after `limit` (zero: never). Keep `timer` alive as
/// long as the limit shall count.
struct LimitedOperation
{
    LimitedOperation(const Operation& outer, Milliseconds limit);

    Operation operation;
    std::unique_ptr<QTimer> timer;
    [[nodiscard]] bool timedOut(const Operation& outer) const
    {
        return operation.cancel.isCancelled() && !outer.cancel.isCancelled();
    }
};

/// Waits without blocking; ends early, with false, when the token is cancelled. Granularity 50 ms.
[[nodiscard]] QCoro::Task<bool> pause(Milliseconds duration, CancelToken cancel);

} // namespace rc
