// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/executor.h"

#include "backend/platform/files.h"
#include "backend/platform/process_identity.h"

#include <QFile>
#include <QUuid>

namespace rc {
namespace {

QString lockPath(const QString& home, const QString& id)
{
    return home + "/executors/" + id + ".lock";
}

} // namespace

Result<ExecutorLock> ExecutorLock::acquire(const QString& home)
{
    if (const auto made = ensurePrivateDirectory(home + "/executors"); !made) {
        return std::unexpected(made.error());
    }
    const Executor executor{QUuid::createUuid().toString(QUuid::WithoutBraces), currentProcess().toJson()};
    const QString path = lockPath(home, executor.id);
    auto lock = OsLock::tryAcquire(path);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    return ExecutorLock(path, executor, std::move(*lock));
}

ExecutorLock::~ExecutorLock()
{
    // The uuid is never used again, so the file can go; after a crash it stays and is free.
    if (m_lock) {
        QFile::remove(m_path);
    }
}

bool isExecutorAlive(const QString& home, const QString& id)
{
    return !id.isEmpty() && OsLock::isHeld(lockPath(home, id));
}

Plan asSeenNow(Plan plan, const QString& home)
{
    const StepSet underWay = plan.underWay();
    for (auto i = underWay.next(0); i < plan.steps.size(); i = underWay.next(i + 1)) {
        if (!plan.procedure.steps[i].isManual() && !isExecutorAlive(home, plan.steps[i].executor.id)) {
            plan.setProgress(i, StepProgress::Unknown, {}); // nothing starts by that
        }
    }
    if (plan.verifying && !isExecutorAlive(home, plan.verifying->id)) {
        plan.verifying.reset();
    }
    if (plan.armedExecutor && !isExecutorAlive(home, plan.armedExecutor->id)) {
        plan.armedExecutor.reset();
        plan.armedBy = {};
    }
    return plan;
}

} // namespace rc
