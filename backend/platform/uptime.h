// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// How long a machine has run since one start of it, the time asleep included: time that nobody can set.
struct Uptime
{
    /// Opaque, another after each start of the machine; empty where the system has none.
    QString boot;
    Milliseconds time{0};
};

/// Of this machine. Where the system does not count the time asleep (other than Linux), it is missing.
[[nodiscard]] Uptime machineUptime();

} // namespace rc
