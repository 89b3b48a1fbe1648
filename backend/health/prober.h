// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/health/health.h"
#include "model/system/inventory.h"

#include <QCoroTask>

#include <QNetworkAccessManager>

#include <memory>

namespace rc {

/// Makes one probe and says what it found; within the probe's timeout, and whatever happens it is a report.
///
/// http (`url`, `expect_status`): healthy if the status is the expected one. A JSON body with `status` and `reasons`
/// has the say beyond that: "degraded" and "failing" are taken at their word, "ok" does not excuse a wrong status. tcp
/// (`host`, `port`): healthy if a connection is accepted. Other kinds: unknown, with a sentence that names the kind.
[[nodiscard]] QCoro::Task<CheckReport> runProbe(std::shared_ptr<QNetworkAccessManager> network, SystemId system,
                                                ProbeSpec probe);

} // namespace rc
