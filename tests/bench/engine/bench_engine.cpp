// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/engine/engine_home.h"
#include "tests/bench/engine/large_plan.h"
#include "tests/bench/engine/procedures.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>

/// What the plan engine costs beside the work of its actions: an automated step that does nothing, next to
/// ansible-playbook doing nothing, and plans of ten thousand steps, one after the other and in branches. Fails when a
/// goal is missed.

namespace rc::bench {
namespace {

constexpr int NoOps = 100;
constexpr int Large = 10'000;

/// How long ansible-playbook takes for so many local tasks of a module; nothing if it is not installed.
std::optional<double> ansible(const QString& folder, const QString& module, int tasks)
{
    QString text("- hosts: localhost\n  connection: local\n  gather_facts: false\n  tasks:\n");
    for (int i = 0; i < tasks; ++i) {
        text += QString("    - ansible.builtin.%1:\n").arg(module);
    }
    QFile file(folder + "/play.yaml");
    if (!file.open(QIODevice::WriteOnly)) {
        qFatal("no playbook can be written");
    }
    file.write(text.toUtf8());
    file.close();
    QProcess process;
    QElapsedTimer timer;
    timer.start();
    process.start("ansible-playbook", {"-i", "localhost,", file.fileName()});
    if (!process.waitForFinished(600'000) || process.exitCode() != 0) {
        return std::nullopt;
    }
    return milliseconds(timer);
}

void measureNoOps(Goals& goals)
{
    Sample ours;
    Sample ping;
    Sample debug;
    for (int i = 0; i < Runs; ++i) {
        const QTemporaryDir folder;
        Engine engine(folder.path(), chainOf(NoOps));
        ours.add(engine.run(engine.start().id) / NoOps);
        for (auto [module, sample] : {std::pair(QString("ping"), &ping), std::pair(QString("debug"), &debug)}) {
            const auto one = ansible(folder.path(), module, 1);
            const auto all = one ? ansible(folder.path(), module, NoOps) : one;
            if (!all) {
                qFatal("ansible-playbook does not run; it is in the package ansible-core");
            }
            sample->add((*all - *one) / (NoOps - 1)); // its start does not count
        }
    }
    out() << QString("automated no-op step: %1 ms (%2 to %3), journal on disk\n")
                 .arg(ours.median(), 0, 'f', 2)
                 .arg(ours.least(), 0, 'f', 2)
                 .arg(ours.most(), 0, 'f', 2);
    goals.judge("automated no-op step", ours.median(), Goals::NoOp);
    goals.judgeRatio("ansible-playbook's ping beside it", ping.median() / ours.median(), Goals::BesideAnsible);
    for (const auto& [module, sample] : {std::pair(QString("ping"), &ping), std::pair(QString("debug"), &debug)}) {
        out() << QString("ansible-playbook, %1, start not counted: %2 ms a task (%3 to %4): %5 times as long\n")
                     .arg(module)
                     .arg(sample->median(), 0, 'f', 1)
                     .arg(sample->least(), 0, 'f', 1)
                     .arg(sample->most(), 0, 'f', 1)
                     .arg(sample->median() / ours.median(), 0, 'f', 0);
    }
    out().flush();
}

} // namespace
} // namespace rc::bench

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    rc::bench::Goals goals;
    if (!application.arguments().contains("--large-only")) {
        rc::bench::measureNoOps(goals);
    }
    rc::bench::measureLarge("one after the other", rc::bench::chainOf(rc::bench::Large), goals);
    rc::bench::measureLarge("in ten branches", rc::bench::branchesOf(rc::bench::Large), goals);
    return goals.areMet() ? 0 : 1;
}
