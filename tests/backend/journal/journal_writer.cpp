// SPDX-License-Identifier: GPL-3.0-or-later
// journal_writer HOME found|race STREAM EXPECTED|write [COUNT [AHEAD]]|backup PATH|read
// AHEAD: by how many ms this process takes the time to be later than it is.
// Prints `ok`, `SEQUENCE` after every durable append, or the code and sentence of the error; exits 1 on an error.
#include "backend/journal/device_signer.h"
#include "backend/journal/journal.h"

#include <QCoreApplication>

#include <cstdio>

using namespace rc;

namespace {

int report(const Error& error)
{
    std::printf("%s: %s\n", idOf(error.code).data(), qPrintable(error.message));
    return 1;
}

int race(Journal& journal, DeviceSigner& device, const QString& stream, qint64 expected)
{
    // The starter opens all gates at once, so that the writers really meet.
    std::printf("ready\n");
    std::fflush(stdout);
    (void)std::getchar();
    const auto written =
        journal.append({.events = {{stream, "incident_proposed", {}}}, .expected = {{stream, expected}}}, device);
    std::printf("%s\n", written ? "ok" : idOf(written.error().code).data());
    return 0;
}

int write(Journal& journal, DeviceSigner& device, qint64 count)
{
    const QJsonObject body{{"filler", QString(2000, 'x')}};
    for (qint64 done = 0; done < count;) {
        const auto written = journal.append({.events = {{"crashes", "incident_proposed", body}}}, device);
        if (!written && written.error().code == ErrorCode::Busy) {
            continue;
        }
        if (!written) {
            return report(written.error());
        }
        ++done;
        std::printf("%lld\n", static_cast<long long>(written->last().sequence));
        std::fflush(stdout);
    }
    return 0;
}

int run(const QStringList& arguments)
{
    const auto& home = arguments.at(1);
    const auto& command = arguments.at(2);
    const auto mode = command == "found"  ? OpenMode::Create
                      : command == "read" ? OpenMode::ReadOnly
                                          : OpenMode::ReadWrite;
    const Milliseconds ahead(command == "write" ? arguments.value(4).toLongLong() : 0);
    const auto journal = Journal::open(home, {.mode = mode, .clock = [ahead] { return systemTime() + ahead; }});
    if (!journal) {
        return report(journal.error());
    }
    if (mode != OpenMode::ReadWrite) {
        std::printf("%lld\n", static_cast<long long>((*journal)->soundness().head.sequence));
        return 0;
    }
    if (command == "backup") {
        const auto made = (*journal)->backup(arguments.at(3));
        return made ? 0 : report(made.error());
    }
    const auto device = DeviceSigner::load(home);
    if (!device) {
        return report(device.error());
    }
    return command == "race" ? race(**journal, **device, arguments.at(3), arguments.at(4).toLongLong())
                             : write(**journal, **device, arguments.value(3, "1000000").toLongLong());
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    return run(QCoreApplication::arguments());
}
