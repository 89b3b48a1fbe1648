// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bench_store.h"
#include "tests/support/sight_story.h"
#include "ui/console/plan_view_model.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTextStream>

/// What the page of a large plan costs the window's thread, beside a frame of 16 ms.

namespace {

using namespace rc;
using namespace rc::test;

constexpr int Steps = 1000;
constexpr double Frame = 16;

template <class Work>
double millisecondsOf(const Work& work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

/// Ten branches, every fourth step automated.
ProcedureBuilder large()
{
    ProcedureBuilder builder;
    for (int i = 0; i < Steps; ++i) {
        const QString id = QString("step_%1").arg(i);
        i % 4 == 3 ? builder.automated(id) : builder.manual(id);
        builder.takes(std::chrono::minutes(1 + i % 7));
        builder.after(i < 10 ? QStringList() : QStringList{QString("step_%1").arg(i - 10)});
    }
    return builder.check("health", QString("step_%1").arg(Steps - 1));
}

void say(const QString& what, const rc::bench::Sample& sample)
{
    QTextStream(stdout) << QString("%1: %2 ms (%3 to %4), %5 of a frame\n")
                               .arg(what)
                               .arg(sample.median(), 0, 'f', 2)
                               .arg(sample.least(), 0, 'f', 2)
                               .arg(sample.most(), 0, 'f', 2)
                               .arg(sample.median() / Frame, 0, 'f', 2);
}

} // namespace

int main(int argc, char** argv)
{
    const QGuiApplication app(argc, argv);
    bench::Sample shown;
    bench::Sample told;
    bench::Sample ticked;
    bench::Sample chosen;
    for (int i = 0; i < bench::Runs; ++i) {
        const QTemporaryDir home;
        ui::EngineThread engine{{home.filePath("home"), {}}, EngineMode::Act};
        ui::PlanViewModel page(engine);
        page.setPlanId("PLAN-1");
        PlanRun run(large());
        auto sight = sightOf(run);
        sight.actor = olga;
        sight.now = run.now;
        sight.store.shownPlans[0].estimates = estimatesOf(run.plan.procedure, {});
        shown.add(millisecondsOf([&] { page.show(sight); }));
        run.does(olga, done("step_0"));
        sight.store.shownPlans[0].plan = run.plan;
        told.add(millisecondsOf([&] { page.show(sight); }));
        sight.now += std::chrono::seconds(1);
        ticked.add(millisecondsOf([&] { page.showTime(sight); }));
        chosen.add(millisecondsOf([&] { page.setSelected("step_500"); }));
    }
    QTextStream(stdout) << "A plan of " << Steps << " steps on its page:\n";
    say("opened", shown);
    say("a step is done", told);
    say("a second goes by", ticked);
    say("another step is looked at", chosen);
    return 0;
}
