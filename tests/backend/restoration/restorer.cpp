// SPDX-License-Identifier: GPL-3.0-or-later
// What a test must see from outside: a restoration that is killed on its way, and another user's rights.
//   restorer restore STORE SUPERVISED INVENTORY SYSTEM VERSION
//   restorer replace DIRECTORY PATH
#include "backend/platform/files.h"
#include "backend/restoration/configuration_files.h"
#include "backend/restoration/configuration_history.h"
#include "backend/restoration/system_restoration_service.h"

#include <QCoreApplication>

#include <cstdio>

using namespace rc;

namespace {

int say(const Status& status)
{
    const auto text =
        status ? QString("done") : QString("%1: %2").arg(idOf(status.error().code), status.error().message);
    std::printf("%s\n", qPrintable(text));
    return status ? 0 : 1;
}

Status restore(const QStringList& arguments)
{
    const auto inventory = inventoryFromJson(QJsonDocument::fromJson(*readFile(arguments[4])).object());
    auto journal = Journal::open(arguments[2], {});
    if (!journal) {
        return std::unexpected(journal.error());
    }
    ConfigurationService configurations(**journal, arguments[2], inventory);
    const BackupService backups(arguments[2], systemTime);
    const auto managers = ServiceManagers::of(inventory, arguments[3]);
    SystemRestorationService service({inventory, configurations, backups, *managers, {}, systemTime});
    const auto result = QCoro::waitFor(service.restoreSystem(
        SystemId(arguments[5]), TargetState::configurationVersion(arguments[6].toInt()), {.checkHealth = false}));
    return result ? Status() : std::unexpected(result.error());
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "restore") {
        return say(restore(arguments));
    }
    return say(tryReplacing(arguments.value(2), {arguments.value(3)}));
}
