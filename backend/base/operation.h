// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"
#include "model/base/json.h"

#include <QCoroTask>

#include <functional>
#include <memory>

namespace rc {

using Clock = std::function<Timestamp()>;

/// Asks a long operation to end in good order. Copies share one state; the operation looks at it between its acts, and
/// ends with ErrorCode::Cancelled, leaving nothing half done.
class CancelToken
{
public:
    CancelToken()
        : m_cancelled(std::make_shared<bool>(false))
    {
    }

    void cancel() { *m_cancelled = true; }
    [[nodiscard]] bool isCancelled() const { return *m_cancelled; }

private:
    std::shared_ptr<bool> m_cancelled;
};

/// What every long operation is given: how it may be stopped, and where it tells what it does, a line at a time.
struct Operation
{
    CancelToken cancel;
    std::function<void(const QString& line)> progress = [](const QString&) {};
};

/// Waits without blocking; ends early, with false, when the token is cancelled. Granularity 50 ms.
[[nodiscard]] QCoro::Task<bool> pause(Milliseconds duration, CancelToken cancel);

} // namespace rc
