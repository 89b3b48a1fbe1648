// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/pace.h"

namespace rc {

/// When a step was, is or is expected to be at work.
struct ScheduledStep
{
    StepId id;
    /// Facts of what has begun or is done. Nothing for what will not happen any more.
    std::optional<Timestamp> start;
    std::optional<Timestamp> end;
    /// The whole time of the step: what it took, or what is expected.
    Milliseconds estimate{0};
    EstimateSource source = EstimateSource::None;
    /// Earlier runs that history has, enough of them or not.
    int samples = 0;
    /// People's waiting that is still expected before `start`.
    Milliseconds waiting{0};
    /// After that, for a free place, as many automated steps run as the procedure allows, or for a system that another
    /// one works at.
    Milliseconds queued{0};
    /// The step whose end lets it start then; empty where it does not wait for one.
    StepId queuedBehind;
    /// By how much it may be late without the last step being late, where places are handed on in the same order.
    /// Nothing for what is done: it cannot be late any more.
    std::optional<Milliseconds> slack;
    std::optional<PaceFlag> flag;

    [[nodiscard]] bool isCritical() const { return slack == Milliseconds(0); }
    friend bool operator==(const ScheduledStep&, const ScheduledStep&) = default;
};

/// What the time from now to the end is made of, along the critical path.
struct TimeAhead
{
    /// Nobody has started, taken or approved it yet.
    Milliseconds waiting{0};
    /// Manual steps.
    Milliseconds people{0};
    /// Automated steps.
    Milliseconds machine{0};
    Milliseconds verification{0};
    Milliseconds soak{0};

    [[nodiscard]] Milliseconds total() const { return waiting + people + machine + verification + soak; }
    friend bool operator==(const TimeAhead&, const TimeAhead&) = default;
};

struct Schedule
{
    /// In declared order.
    QList<ScheduledStep> steps;
    /// The steps still to be done, first to last, that decide when the last one is: each needs the one before, or waits
    /// for its place or its systems. One such chain where there are several.
    QList<StepId> criticalPath;
    /// The end of the last step, of the verification that has to pass, of the soak time, and of all. Nothing where a
    /// plan is aborted or cannot come to its end.
    std::optional<Timestamp> stepsEnd;
    std::optional<Timestamp> verified;
    std::optional<Timestamp> soakEnd;
    std::optional<Timestamp> eta;
    TimeAhead ahead;
    Milliseconds rto{0};
    /// What is left of the RTO at the ETA, negative when it is missed. The RTO counts from containment, in a rehearsal
    /// from the plan's start. Nothing without an RTO, a containment or an ETA.
    std::optional<Milliseconds> margin;
    /// Steps still to be done that count as nothing because nobody has said how long they take: the ETA is the
    /// earliest.
    int withoutEstimate = 0;

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// Longer than now expected, or shorter where negative (never less than nothing).
using ExtraTime = QHash<StepId, Milliseconds>;

/// What is expected of the plan from now on: done and skipped steps are facts, every other one starts when what it
/// needs is done, people have had their usual waiting and, if it is automated, one of the procedure's places is free
/// and no other works at its systems; where several wait, in the order in which an armed plan starts them. `extra` of
/// steps that are done or unknown changes nothing. Total, and linear but for the order of steps that are free at the
/// same time.
///
/// A running step needs what is left of its estimate, and never less than a quarter of what it has taken already: from
/// four fifths of its estimate on, its expected end moves away, ever faster the longer it is overdue, and never jumps.
/// A pause, and a failure nobody has dealt with yet, count as if somebody went on now.
[[nodiscard]] Schedule scheduleOf(const Plan& plan, const Estimates& estimates, Timestamp now,
                                  const ExtraTime& extra = {});

/// The answer to "what if this takes 20 minutes longer?".
struct WhatIf
{
    Schedule before;
    Schedule after;
    /// By how much the ETA is later.
    Milliseconds etaMoves{0};
    /// Steps that have no slack any more, and steps that have some now; in declared order.
    QList<StepId> becomeCritical;
    QList<StepId> noLongerCritical;
};

/// NotFound: a step that the plan does not have. WrongState: a step that is done, or a plan that has no end to expect.
[[nodiscard]] Result<WhatIf> whatIf(const Plan& plan, const Estimates& estimates, Timestamp now,
                                    const ExtraTime& extra);

/// `eta steps_end verified soak_end ahead rto_ms margin_ms without_estimate critical_path[] steps[]: id expected_start
/// expected_end slack_ms critical estimate_ms estimate_source samples expected_waiting_ms queued_ms
/// queued_behind flag flag_because`.
[[nodiscard]] QJsonObject toJson(const Schedule& schedule);
/// The schedule that would be, and `eta_before eta_moves_ms become_critical[] no_longer_critical[]`.
[[nodiscard]] QJsonObject toJson(const WhatIf& answer);

} // namespace rc
