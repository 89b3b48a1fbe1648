// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rc::ctl {

/// recoveryctl as docs/cli.md describes it: finds the command, runs it, prints its answer or error; returns the exit
/// status.
[[nodiscard]] int runApplication(int& argc, char** argv);

} // namespace rc::ctl
