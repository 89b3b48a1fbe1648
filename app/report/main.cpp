// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/json.h"
#include "ui/report/report_file.h"

#include <QCommandLineParser>
#include <QFile>
#include <QGuiApplication>

#include <cstdio>

namespace {

QByteArray standardInput()
{
    QFile input;
    return input.open(stdin, QIODevice::ReadOnly) ? input.readAll() : QByteArray();
}

/// Standard error carries the error sentence and nothing else (cli.md); Qt's own remarks do not belong there.
void keepQuiet(QtMsgType, const QMessageLogContext&, const QString&) {}

} // namespace

/// recovery-report -o FILE.pdf < REPORT.json. Exit: 0 written, 1 cannot be written, 2 bad usage or bad input.
int main(int argc, char* argv[])
{
    qInstallMessageHandler(keepQuiet);
    qputenv("QT_QPA_PLATFORM", "offscreen"); // draws on paper only, so it needs no display
    const QGuiApplication app(argc, argv);
    QGuiApplication::setApplicationName("recovery-report");
    QGuiApplication::setApplicationVersion(RC_VERSION);
    QCommandLineParser parser;
    parser.setApplicationDescription("Draws a recovery report, given as JSON on standard input, as PDF.");
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption output(QStringList{"o", "output"}, "The PDF to write.", "FILE");
    parser.addOption(output);
    parser.process(app);
    if (!parser.isSet(output)) {
        std::fputs("error: invalid_input: Say where to write: -o FILE.pdf.\n", stderr);
        return 2;
    }
    const auto written = rc::ui::report::writeReport(standardInput(), parser.value(output));
    if (!written) {
        const auto& error = written.error();
        std::fprintf(stderr, "error: %s: %s\n", rc::idOf(error.code).data(), qUtf8Printable(error.message));
        return rc::exitCode(error.code);
    }
    std::printf("%s\n", rc::canonicalJson(*written).constData());
    return 0;
}
