// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/restoration_run.h"

#include "backend/platform/failpoint.h"
#include "backend/services/service_artifact.h"

#include <algorithm>

namespace rc {
namespace {

/// One restoration on its way. Acts add to the artifacts; the first that fails says why.
struct Run
{
    RestorationTools tools;
    System system;
    RestorationChange change;
    RestorationContext context;
    ServiceManager* manager;
    RestorationResult result = {};
    Backup backup = {};

    [[nodiscard]] bool isCancelled() const { return context.operation.cancel.isCancelled(); }
    void say(const QString& line) const { context.operation.progress(line.arg(system.id.text())); }
};

Status cancelled(const Run& run)
{
    return fail(ErrorCode::Cancelled, QString("The restoration of %1 was cancelled.").arg(run.system.id.text()));
}

QCoro::Task<Status> stop(Run* run)
{
    run->say("Stopping %1.");
    auto stopping = run->manager->stop(run->system.id, {.grace = graceOf(run->system, run->context.grace)});
    const auto stopped = co_await stopping;
    if (!stopped) {
        co_return std::unexpected(stopped.error());
    }
    run->result.artifacts.append(serviceArtifact(ArtifactKind::ServiceStop, run->system.id, *stopped));
    co_return stopped->success ? Status() : fail(ErrorCode::WrongState, stopped->details);
}

QCoro::Task<Status> start(Run* run)
{
    run->say("Starting %1.");
    auto starting = run->manager->start(run->system.id, run->context.start);
    const auto started = co_await starting;
    if (!started) {
        co_return std::unexpected(started.error());
    }
    run->result.artifacts.append(serviceArtifact(ArtifactKind::ServiceStart, run->system.id, *started));
    co_return started->success ? Status() : fail(ErrorCode::WrongState, started->details);
}

Status replaceFiles(Run* run)
{
    if (run->isCancelled()) {
        return cancelled(*run);
    }
    run->say("Applying the configuration of %1.");
    const auto applied = run->change.apply();
    if (!applied) {
        return std::unexpected(applied.error());
    }
    run->result.artifacts.append(*applied);
    return run->isCancelled() ? cancelled(*run) : Status();
}

/// Process, files, health, in this order; a failure once one of them did not pass.
QCoro::Task<Status> verify(Run* run)
{
    run->say("Verifying %1.");
    auto& checks = run->result.verificationResults;
    if (run->context.checkHealth) {
        auto settling = awaitHealthy(run->manager, run->tools.health, run->system, run->context.settle,
                                     run->context.operation.cancel);
        const auto settled = co_await settling;
        if (!settled) {
            co_return std::unexpected(settled.error());
        }
        checks.append({"health", settled->passed, settled->detail});
    }
    auto asking = run->manager->status(run->system.id);
    const auto status = co_await asking;
    const bool running = status && status->running;
    checks.prepend({"process", running, status ? status->state : status.error().message});
    checks.insert(1, run->change.check());
    const auto failed = std::ranges::find(checks, false, &RestorationCheck::passed);
    co_return failed == checks.end() ? Status() : fail(ErrorCode::VerificationFailed, failed->detail);
}

QCoro::Task<Status> forward(Run* run)
{
    auto stopping = stop(run);
    const auto stopped = co_await stopping;
    if (!stopped) {
        co_return stopped;
    }
    failpoint("restore_stopped");
    const auto replaced = replaceFiles(run);
    if (!replaced) {
        co_return replaced;
    }
    failpoint("restore_applied");
    auto starting = start(run);
    const auto started = co_await starting;
    if (!started) {
        co_return started;
    }
    failpoint("restore_started");
    auto verifying = verify(run);
    co_return co_await verifying;
}

/// The old files in place, with the system stopped while they are put there. Nothing to do where they still are.
QCoro::Task<Status> putBack(Run* run)
{
    const auto inPlace = run->tools.backups.isInPlace(run->backup);
    if (inPlace && *inPlace) {
        co_return Status();
    }
    auto stopping = stop(run);
    const auto stopped = co_await stopping;
    co_return stopped ? run->tools.backups.restore(run->backup) : stopped;
}

/// Ends with the old configuration running, or a sentence about why not.
QCoro::Task<QString> goBack(Run* run)
{
    run->say("Going back to the previous configuration of %1.");
    auto returning = putBack(run);
    const auto back = co_await returning;
    if (!back) {
        co_return QString("Its previous configuration could NOT be put back: %1 It is kept as backup %2.")
            .arg(back.error().message, run->backup.id);
    }
    auto asking = run->manager->status(run->system.id);
    const auto status = co_await asking;
    if (!status) {
        co_return QString("Whether it runs cannot be seen: %1").arg(status.error().message);
    }
    if (status->running) {
        co_return QString("It runs, with its previous configuration.");
    }
    auto starting = start(run);
    const auto started = co_await starting;
    co_return started
        ? QString("Its previous configuration is back, and it runs.")
        : QString("Its previous configuration is back, but it does NOT run: %1").arg(started.error().message);
}

} // namespace

QCoro::Task<Result<RestorationResult>> runRestoration(RestorationTools tools, System system, RestorationChange change,
                                                      RestorationContext context)
{
    const auto manager = tools.managers.managerOf(system.id);
    if (!manager) {
        co_return std::unexpected(manager.error());
    }
    Run run{std::move(tools), std::move(system), std::move(change), std::move(context), *manager};
    if (run.isCancelled()) {
        co_return std::unexpected(cancelled(run).error());
    }
    auto asking = run.manager->status(run.system.id);
    const auto status = co_await asking;
    if (!status) {
        co_return std::unexpected(status.error());
    }
    run.say("Backing up the configuration of %1.");
    const auto backup = run.change.backUp();
    if (!backup) {
        co_return std::unexpected(backup.error());
    }
    run.backup = *backup;
    run.result.artifacts.append(backup->toJson());
    run.result.systemId = run.system.id;
    auto going = forward(&run);
    const auto done = co_await going;
    run.result.success = done.has_value();
    run.result.details = run.change.done;
    if (!done) {
        auto returning = goBack(&run);
        const auto outcome = co_await returning;
        run.result.details = QString("%1: %2 %3").arg(run.change.notDone, done.error().message, outcome);
    }
    run.result.timestamp = run.tools.clock();
    if (!done && done.error().code == ErrorCode::Cancelled) {
        co_return fail(ErrorCode::Cancelled, run.result.details, {{"result", toJson(run.result)}});
    }
    co_return run.result;
}

} // namespace rc
