// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rc {

/// A place where a test may kill the process: compiled with RC_FAILPOINTS, and with RC_FAILPOINT in the environment
/// equal to the name (or to "name:N" for the N-th time this process comes by, counted from 1), the process gets SIGKILL
/// right here: nothing is flushed, no destructor runs. Otherwise nothing happens.
#ifdef RC_FAILPOINTS
void failpoint(const char* name);
#else
inline void failpoint(const char* /*name*/) {}
#endif

} // namespace rc
