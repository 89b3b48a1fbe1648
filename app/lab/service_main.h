// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <functional>
#include <memory>

namespace rc::lab {

/// A running service; destroyed for an orderly end.
class Service
{
public:
    Service() = default;
    virtual ~Service() = default;
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
};

/// The main of every lab program: `PROGRAM --config FILE`. Starts the service, ends it on SIGINT or SIGTERM. Exit
/// status: 0 after an orderly end, 2 for bad usage or a bad configuration (`file: sentence` on standard error), else
/// that of the error.
int serviceMain(int argc, char** argv, const QString& purpose,
                const std::function<Result<std::unique_ptr<Service>>(const QString& configFile)>& start);

/// Applies a configuration's "log_level": what is below it is not logged.
void setLogLevel(const QString& level);

} // namespace rc::lab
