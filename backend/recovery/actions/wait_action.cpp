// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/wait_action.h"

#include "backend/documents/durations.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>

namespace rc {
namespace {

constexpr Milliseconds DefaultEvery{10'000};
/// At the end of a wait, what is left is told every second; before, ten times in all, so that hours fill no log.
constexpr Milliseconds FinalStretch{10'000};
constexpr int ToldTimes = 10;

/// A duration in whole seconds, for sentences.
QString inWords(Milliseconds duration)
{
    return durationText(std::chrono::ceil<std::chrono::seconds>(duration));
}

bool isForATime(const QJsonObject& parameters)
{
    return parameters.contains("duration");
}

Result<Milliseconds> durationIn(const QJsonObject& parameters, const QString& field)
{
    const auto duration = parseDuration(parameters[field].toString());
    if (!duration) {
        return fail(ErrorCode::InvalidInput, QString("'%1' is '%2', expected a duration such as 90s or 20m.")
                                                 .arg(field, parameters[field].toVariant().toString()));
    }
    return *duration;
}

Result<Milliseconds> everyIn(const QJsonObject& parameters)
{
    return parameters.contains("every") ? durationIn(parameters, "every") : DefaultEvery;
}

QJsonObject checkOf(const ActionContext& context)
{
    auto parameters = checkParameters(context.parameters, context.incident);
    parameters.remove("every");
    return parameters;
}

} // namespace

QString WaitAction::describe(const QJsonObject& parameters) const
{
    return isForATime(parameters) ? QString("Waits for %1.").arg(parameters["duration"].toString())
                                  : QString("Waits until '%1' passes.").arg(parameters["check"].toString());
}

QCoro::Task<Status> WaitAction::canRun(ActionContext context)
{
    const auto& parameters = context.parameters;
    const auto duration = isForATime(parameters) ? durationIn(parameters, "duration") : everyIn(parameters);
    if (!duration) {
        co_return std::unexpected(duration.error());
    }
    co_return isForATime(parameters) ? Status() : m_checks.has(parameters["check"].toString());
}

QCoro::Task<std::optional<Milliseconds>> WaitAction::estimate(ActionContext context)
{
    const auto duration = durationIn(context.parameters, "duration");
    co_return duration ? std::optional(*duration) : std::nullopt;
}

QCoro::Task<Result<QList<Effect>>> WaitAction::dryRun(ActionContext context)
{
    const auto& parameters = context.parameters;
    const auto what =
        isForATime(parameters)
            ? QString("would wait for %1; changes nothing").arg(parameters["duration"].toString())
            : QString("would wait until '%1' passes; changes nothing").arg(parameters["check"].toString());
    co_return QList<Effect>{{{}, what, {}}};
}

QCoro::Task<Result<Capture>> WaitAction::capture(ActionContext)
{
    co_return Capture{Capture::Kind::NoEffect, "A wait changes nothing.", {}};
}

QCoro::Task<StepResult> WaitAction::waitFor(Milliseconds duration, Operation operation)
{
    const QDeadlineTimer deadline(duration);
    while (!deadline.hasExpired()) {
        const Milliseconds left(deadline.remainingTime());
        operation.progress(QString("%1 left.").arg(inWords(left)));
        const auto next = left <= FinalStretch ? Milliseconds(1'000) : std::max(FinalStretch, duration / ToldTimes);
        const bool goesOn = co_await pause(std::min(left, next), operation.cancel);
        if (!goesOn) {
            const Milliseconds open(deadline.remainingTime());
            co_return StepResult{false, QString("The wait was ended with %1 left.").arg(inWords(open)), {}, {}, now()};
        }
    }
    co_return StepResult{true, QString("Waited for %1.").arg(durationText(duration)), {}, {}, now()};
}

QCoro::Task<StepResult> WaitAction::waitUntil(ActionContext context, Milliseconds every)
{
    QElapsedTimer clock;
    clock.start();
    const auto name = context.parameters["check"].toString();
    QString last = "It has not been looked at.";
    while (true) {
        const Result<CheckResult> found = co_await m_checks.run(name, checkOf(context), context.operation);
        const auto waited = inWords(Milliseconds(clock.elapsed()));
        if (found && found->passed) {
            co_return StepResult{true, found->detail, found->fields, {}, now()};
        }
        if (!found && found.error().code != ErrorCode::Cancelled) {
            co_return failedResult(found.error(), now());
        }
        bool goesOn = false;
        if (found) {
            last = found->detail;
            context.operation.progress(QString("'%1' does not pass after %2: %3").arg(name, waited, last));
            goesOn = co_await pause(every, context.operation.cancel);
        }
        if (!goesOn) {
            co_return StepResult{
                false, QString("'%1' has not passed within %2. %3").arg(name, waited, last), {}, {}, now()};
        }
    }
}

QCoro::Task<StepResult> WaitAction::execute(ActionContext context)
{
    const auto& parameters = context.parameters;
    const bool forATime = isForATime(parameters);
    const auto duration = forATime ? durationIn(parameters, "duration") : everyIn(parameters);
    if (!duration) {
        co_return failedResult(duration.error(), now());
    }
    if (forATime) {
        const StepResult waited = co_await waitFor(*duration, context.operation);
        co_return waited;
    }
    const StepResult passed = co_await waitUntil(context, *duration);
    co_return passed;
}

QCoro::Task<Probe> WaitAction::probe(ActionContext context)
{
    const auto duration = durationIn(context.parameters, "duration");
    const bool isOver = duration && context.startedAt + *duration <= now();
    if (isOver) {
        co_return Probe{EffectState::Applied,
                        {true,
                         QString("The %1 that were waited for are over.").arg(durationText(*duration)),
                         {{"found_by_probe", true}},
                         {},
                         now()}};
    }
    co_return Probe{EffectState::NotApplied, {false, "A wait leaves nothing behind.", {}, {}, now()}};
}

} // namespace rc
