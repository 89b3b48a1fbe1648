// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/pace.h"

#include "model/base/span_words.h"

#include <algorithm>
#include <cmath>

namespace rc {
namespace {

constexpr Milliseconds LeastExpected{1000};

/// "40 s were usual (12 runs)", "the procedure expects 40 s".
QString usual(const StepEstimate& estimate, QLatin1StringView verb)
{
    const auto time = spanInWords(estimate.time);
    return estimate.source == EstimateSource::History
               ? QString("%1 %2 usual (%3 runs)").arg(time, verb).arg(estimate.history.samples)
               : QString("the procedure expects %1").arg(time);
}

QString slowSentence(const Plan& plan, qsizetype index, const StepEstimate& estimate, Milliseconds span)
{
    const auto& record = plan.steps[index];
    const auto took = spanInWords(span);
    if (record.progress != StepProgress::Running) {
        return QString("took %1 where %2").arg(took, usual(estimate, QLatin1StringView("were")));
    }
    const auto are = usual(estimate, QLatin1StringView("are"));
    return plan.procedure.steps[index].isManual()
               ? QString("%1 has had it for %2 where %3: ask whether help is wanted")
                     .arg(record.startedBy.text(), took, are)
               : QString("has run for %1 where %2: look whether it gets on").arg(took, are);
}

/// How long it has run or took; nothing where that tells nothing.
std::optional<Milliseconds> spanOf(const Plan& plan, qsizetype index, Timestamp now)
{
    const auto& record = plan.steps[index];
    if (!record.startedAt) {
        return std::nullopt;
    }
    if (record.progress == StepProgress::Running) {
        return now - *record.startedAt;
    }
    // A clock that was set back leaves nothing to judge by.
    const bool told = record.progress == StepProgress::Succeeded && record.completedAt && !record.interrupted &&
                      *record.completedAt >= *record.startedAt;
    return told ? std::optional(*record.completedAt - *record.startedAt) : std::nullopt;
}

/// The guess of a procedure is about real networks. A practice network is done in no time.
bool isFairGuess(const Plan& plan, const StepEstimate& estimate)
{
    return estimate.source == EstimateSource::History || plan.pins.network.kind != NetworkKind::Practice;
}

bool mayBeTooFast(const Plan& plan, qsizetype index)
{
    const auto type = plan.procedure.steps[index].actionType;
    return plan.steps[index].progress == StepProgress::Succeeded && type != ActionType::Manual &&
           type != ActionType::Check;
}

} // namespace

std::optional<PaceBounds> paceBoundsOf(const StepEstimate& estimate)
{
    if (estimate.source == EstimateSource::None || estimate.time < LeastExpected) {
        return std::nullopt;
    }
    if (estimate.source == EstimateSource::Procedure) {
        return PaceBounds{estimate.time / 20, estimate.time * 3};
    }
    const auto& spread = estimate.history;
    const double lower = std::max(1.0, double(spread.lowerQuartile.count()));
    const double upper = std::max(lower, double(spread.upperQuartile.count()));
    const double fence = std::pow(upper / lower, 1.5);
    return PaceBounds{std::min(spread.median / 4, Milliseconds(std::llround(lower / fence))),
                      std::max(spread.median * 2, Milliseconds(std::llround(upper * fence)))};
}

std::optional<PaceFlag> paceFlagOf(const Plan& plan, qsizetype index, const StepEstimate& estimate, Timestamp now)
{
    const auto bounds = paceBoundsOf(estimate);
    const auto span = spanOf(plan, index, now);
    if (!bounds || !span) {
        return std::nullopt;
    }
    if (*span > bounds->slowest) {
        return PaceFlag{Pace::TooSlow, slowSentence(plan, index, estimate, *span)};
    }
    if (*span < bounds->fastest && mayBeTooFast(plan, index) && isFairGuess(plan, estimate)) {
        return PaceFlag{Pace::SuspiciouslyFast,
                        QString("took %1 where %2: look whether it did anything")
                            .arg(spanInWords(*span), usual(estimate, QLatin1StringView("were")))};
    }
    return std::nullopt;
}

} // namespace rc
