// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/uptime.h"

#include <QSysInfo>

#include <ctime>

namespace rc {
namespace {

Milliseconds timeSinceStart()
{
#ifdef CLOCK_BOOTTIME
    timespec time{};
    if (::clock_gettime(CLOCK_BOOTTIME, &time) == 0) {
        return std::chrono::duration_cast<Milliseconds>(std::chrono::seconds(time.tv_sec) +
                                                        std::chrono::nanoseconds(time.tv_nsec));
    }
#endif
    return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

Uptime machineUptime()
{
    return {QString::fromLatin1(QSysInfo::bootUniqueId()), timeSinceStart()};
}

} // namespace rc
