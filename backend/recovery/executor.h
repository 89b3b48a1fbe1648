// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/platform/os_lock.h"
#include "model/plan/plan.h"

namespace rc {

/// This process as one that runs steps: a uuid, and a lock HOME/executors/UUID.lock held for life. An intent without
/// outcome is running while that lock is held, and unknown once it is free (product rule 2).
class ExecutorLock
{
public:
    /// StoreError if the home cannot be written.
    [[nodiscard]] static Result<ExecutorLock> acquire(const QString& home);
    ~ExecutorLock();
    ExecutorLock(ExecutorLock&& other) noexcept = default;
    ExecutorLock& operator=(ExecutorLock&&) = delete;
    ExecutorLock(const ExecutorLock&) = delete;
    ExecutorLock& operator=(const ExecutorLock&) = delete;

    [[nodiscard]] const Executor& executor() const { return m_executor; }

private:
    ExecutorLock(QString path, Executor executor, OsLock lock)
        : m_path(std::move(path))
        , m_executor(std::move(executor))
        , m_lock(std::move(lock))
    {
    }

    QString m_path;
    Executor m_executor;
    OsLock m_lock;
};

/// Whether the executor of that uuid lives, on this machine.
[[nodiscard]] bool isExecutorAlive(const QString& home, const QString& id);

/// The plan as a person has to see it: a step that runs under a dead executor is unknown, and a verification there is
/// over. Nothing is journaled by looking.
[[nodiscard]] Plan asSeenNow(Plan plan, const QString& home);

} // namespace rc
