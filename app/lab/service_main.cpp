// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lab/service_main.h"

#include "backend/platform/signals.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QLoggingCategory>

#include <cstdio>

namespace rc::lab {

int serviceMain(int argc, char** argv, const QString& purpose,
                const std::function<Result<std::unique_ptr<Service>>(const QString&)>& start)
{
    QCoreApplication app(argc, argv);
    app.setApplicationVersion(RC_VERSION);
    qSetMessagePattern("%{time yyyy-MM-ddThh:mm:ss.zzz} %{type} %{message}");
    QCommandLineParser parser;
    parser.setApplicationDescription(purpose);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({"config", "The configuration file (JSON).", "FILE"});
    parser.process(app);
    if (!parser.isSet("config") || !parser.positionalArguments().isEmpty()) {
        std::fputs("error: invalid_input: expected --config FILE.\n", stderr);
        return 2;
    }
    const InterruptWatcher watcher;
    QObject::connect(&watcher, &InterruptWatcher::interrupted, &app, &QCoreApplication::quit);
    const auto service = start(parser.value("config"));
    if (!service) {
        const auto& error = service.error();
        std::fprintf(stderr, "error: %s: %s\n", idOf(error.code).data(), qPrintable(error.message));
        return exitCode(error.code);
    }
    return app.exec();
}

void setLogLevel(const QString& level)
{
    QString rules;
    for (const auto* const name : {"debug", "info", "warning"}) {
        if (level == QLatin1StringView(name)) {
            break;
        }
        rules += QString("default.%1=false\n").arg(QLatin1StringView(name));
    }
    QLoggingCategory::setFilterRules(rules);
}

} // namespace rc::lab
