// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/failpoint.h"

#ifdef RC_FAILPOINTS

#include <QByteArray>

#include <atomic>
#include <csignal>

namespace rc {

void failpoint(const char* name)
{
    static const QByteArray wanted = qgetenv("RC_FAILPOINT");
    if (wanted.isEmpty()) {
        return;
    }
    const auto colon = wanted.indexOf(':');
    if (wanted.left(colon < 0 ? wanted.size() : colon) != name) {
        return;
    }
    static std::atomic<int> hits = 0;
    if (++hits == (colon < 0 ? 1 : wanted.mid(colon + 1).toInt())) {
        std::raise(SIGKILL);
    }
}

} // namespace rc

#endif
