// SPDX-License-Identifier: GPL-3.0-or-later
// Whole processes of recoveryctl beside /bin/true, on a store of 10,000 events; and the cost of completing a step.
#include "tests/bench/bench_store.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

using namespace rc;
using namespace rc::bench;

namespace {

double processMilliseconds(const QString& program, const QStringList& arguments)
{
    QElapsedTimer timer;
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    timer.start();
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        qFatal("%s: %s", qPrintable(program), process.readAllStandardError().constData());
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

void report(const char* name, const QString& program, const QStringList& arguments)
{
    Sample own;
    Sample floor;
    processMilliseconds(program, arguments);
    for (int run = 0; run < Runs; ++run) {
        own.add(processMilliseconds(program, arguments));
        floor.add(processMilliseconds("/bin/true", {}));
    }
    std::printf("%-44s median %7.1f ms  (%.1f to %.1f); /bin/true %.1f ms\n", name, own.median(), own.least(),
                own.most(), floor.median());
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    const QString ctl = QString(RC_BIN_DIR) + "/recoveryctl";
    report("recoveryctl --version", ctl, {"--version"});

    const QTemporaryDir many;
    BenchStore bench(many.path());
    bench.fill();
    report("plan show, 100 plans of 100 events", ctl, {"--home", bench.home(), "--json", "plan", "show", "PLAN-50"});

    const QTemporaryDir one;
    BenchStore single(one.path());
    auto stored = single.start("PLAN-1", EventsInStore / 10);
    for (int step = 0; step < EventsInStore / 10; ++step) {
        single.complete(stored, step);
    }
    for (int note = EventsInStore / 10; note < EventsInStore; ++note) {
        single.append(stored, {NoteAdded{QString("note %1").arg(note)}});
    }
    report("plan show, one plan of 10,000 events", ctl, {"--home", single.home(), "--json", "plan", "show", "PLAN-1"});
    return 0;
}
