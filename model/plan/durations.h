// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/plan.h"

#include <array>

/// How long steps take: what plans of the past say of it, and what is expected of a plan from that. People's waiting is
/// always apart from the time a step itself takes. The rules are those of decision 0018.

namespace rc {

/// One attempt of a step that has ended, as its events tell it.
struct AttemptTimes
{
    StepId step;
    ActionType actionType = ActionType::Manual;
    /// Since when nothing but people (a start, an approval) held it up. Nothing if that is not known.
    std::optional<Timestamp> readySince;
    /// The intent; of a manual step: somebody took it.
    Timestamp startedAt;
    Timestamp completedAt;
    bool succeeded = false;
    /// Its executor died, and a probe or a person said afterwards what came of it: nobody knows when the work ended.
    bool interrupted = false;
};

/// What one plan says of time.
struct PlanTimes
{
    PlanId plan;
    ProcedureId procedure;
    Network network;
    bool rehearsal = false;
    /// Nothing while the plan is open; nothing is learnt from it before.
    std::optional<Timestamp> endedAt;
    QList<AttemptTimes> attempts;
    /// Runs of all checks, each from its start to its end, that passed.
    QList<Milliseconds> verifications;
};

/// All attempts of the plan's steps, and its verifications.
[[nodiscard]] PlanTimes timesOf(const Plan& plan);

/// The middle half of some spans of time: one that went wrong moves neither the median nor the quartiles.
struct Spread
{
    int samples = 0;
    Milliseconds lowerQuartile{0};
    Milliseconds median{0};
    Milliseconds upperQuartile{0};

    /// Fewer than three are an anecdote and replace no estimate.
    [[nodiscard]] bool isEnough() const { return samples >= 3; }
    friend bool operator==(const Spread&, const Spread&) = default;
};
/// Quartiles lie between the two nearest samples in proportion.
[[nodiscard]] Spread spreadOf(QList<Milliseconds> spans);

struct StepHistory
{
    /// Of an automated step the machine's time, of a manual one the person's work.
    Spread time;
    /// Ready, and nobody had started, taken or approved it yet.
    Spread waiting;

    friend bool operator==(const StepHistory&, const StepHistory&) = default;
};

struct History
{
    QHash<StepId, StepHistory> steps;
    Spread verification;

    friend bool operator==(const History&, const History&) = default;
};

/// What the last 20 plans of any version of this procedure say that ended before this plan began, on the same network,
/// rehearsals for rehearsals and real ones for real ones. Steps count where their action is of the same type.
[[nodiscard]] History historyFor(const Plan& plan, const QList<PlanTimes>& others);

/// Where a figure comes from.
enum class EstimateSource {
    /// Neither the procedure nor history says anything: it counts as nothing, and the ETA is "at the earliest".
    None,
    /// The step's `expected_duration`.
    Procedure,
    /// The median of what it took before.
    History,
    /// What it took in this plan.
    Actual,
};

template <>
inline constexpr auto enumIds<EstimateSource> =
    std::to_array<QLatin1StringView>({QLatin1StringView("none"), QLatin1StringView("procedure"),
                                      QLatin1StringView("history"), QLatin1StringView("actual")});

/// What is expected of a step.
struct StepEstimate
{
    Milliseconds time{0};
    EstimateSource source = EstimateSource::None;
    /// People's waiting before it starts; zero while history does not say.
    Milliseconds waiting{0};
    Spread history;

    friend bool operator==(const StepEstimate&, const StepEstimate&) = default;
};

struct Estimates
{
    /// In declared order.
    QList<StepEstimate> steps;
    /// One run of all checks; zero while history does not say.
    Milliseconds verification{0};
};

[[nodiscard]] Estimates estimatesOf(const Procedure& procedure, const History& history);

} // namespace rc
