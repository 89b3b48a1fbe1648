// SPDX-License-Identifier: GPL-3.0-or-later
// bench_schedule: the schedule of plans of 10,000 and 20,000 steps, with and without systems that they share, a "what
// if" on it, and what is learnt from twenty plans of that size. Medians of nine; twice the steps should take about
// twice as long.
#include "model/plan/schedule.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace rc;
using namespace std::chrono_literals;

namespace {

constexpr int Rounds = 9;

/// Steps that need up to three of the forty before them; the first third is done, the next hundred run. Automated ones
/// work at one of `systems`, if there are any.
Plan planOf(int count, int systems)
{
    std::mt19937 random(42);
    Procedure procedure;
    for (int i = 0; i < count; ++i) {
        Step step;
        step.id = StepId(QString("step-%1").arg(i));
        step.actionType = i % 3 == 0 ? ActionType::Manual : ActionType::RestoreSystem;
        if (systems > 0 && !step.isManual()) {
            step.parameters["systems"] = QJsonArray{QString("node-%1").arg(i % systems)};
        }
        step.expectedDuration = std::chrono::seconds(random() % 600);
        for (int j = 0; j < 3 && i > 0; ++j) {
            step.after.append(StepId(QString("step-%1").arg(i - 1 - int(random() % unsigned(std::min(i, 40))))));
        }
        procedure.steps.append(step);
    }
    procedure.rto = 4h;
    Plan plan;
    plan.id = PlanId("PLAN-1");
    plan.begin(procedure);
    plan.pins.incident.containedAt = Timestamp(1000h);
    plan.startedAt = Timestamp(1001h);
    for (int i = 0; i < count / 3 + 100; ++i) {
        const auto started = plan.startedAt + std::chrono::seconds(i);
        const auto ended = plan.startedAt + std::chrono::seconds(i + 60);
        const bool done = i < count / 3;
        plan.setProgress(i, done ? StepProgress::Succeeded : StepProgress::Running, started);
        auto& record = plan.steps.edit(i);
        record.startedAt = started;
        if (done) {
            record.completedAt = ended;
            StepCompletion completion;
            completion.step = procedure.steps[i].id;
            completion.result.success = true;
            completion.startedAt = started;
            completion.completedAt = ended;
            plan.completedSteps.append(completion);
        }
    }
    return plan;
}

QList<PlanTimes> pastOf(const Plan& plan)
{
    QList<PlanTimes> past;
    for (int i = 0; i < 20; ++i) {
        auto times = timesOf(plan);
        times.plan = PlanId(QString("PAST-%1").arg(i));
        times.endedAt = plan.startedAt - 1h;
        past.append(times);
    }
    return past;
}

/// Milliseconds of one call.
template <class Work>
double medianOf(const Work& work)
{
    std::vector<double> times;
    for (int round = 0; round < Rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(times);
    return times[Rounds / 2];
}

double benchSchedule(int count, int systems = 0)
{
    const auto plan = planOf(count, systems);
    const auto now = plan.startedAt + std::chrono::seconds(count / 2);
    const auto past = pastOf(plan);
    const auto estimates = estimatesOf(plan.procedure, historyFor(plan, past));
    const ExtraTime extra{{plan.procedure.steps.last().id, 20min}};
    const double schedule = medianOf([&] {
        if (!scheduleOf(plan, estimates, now).eta) {
            qFatal("no schedule");
        }
    });
    const double asked = medianOf([&] {
        if (!whatIf(plan, estimates, now, extra)) {
            qFatal("no answer");
        }
    });
    const double learnt = medianOf([&] {
        if (historyFor(plan, past).steps.isEmpty()) {
            qFatal("no history");
        }
    });
    std::printf("%6d steps, %2d systems: schedule %.2f ms, what if %.2f ms, history of 20 plans %.2f ms\n", count,
                systems, schedule, asked, learnt);
    return schedule;
}

} // namespace

int main()
{
    const double once = benchSchedule(10'000);
    const double twice = benchSchedule(20'000);
    benchSchedule(10'000, 1);
    benchSchedule(10'000, 50);
    std::printf("twice the steps take %.2f times as long\n", twice / once);
    return 0;
}
