// SPDX-License-Identifier: GPL-3.0-or-later
// A service as small as can be: `test_service CONFIG`. The configuration has a `key=value` a line:
//   exit=N          ends at once with this code
//   health=WORD     what /health says; everything but "ok" is answered with 503
//   ok_after=MS     and only "ok" after so many milliseconds
//   starts=FILE     appends a line with the configuration's path when it starts
// Any other key is an error. It answers on a free port of the loopback interface, named in CONFIG.port.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>

#include <cstdio>

namespace {

QHash<QString, QString> settingsFrom(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("cannot read the configuration");
    }
    QHash<QString, QString> settings;
    const auto lines = QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
    for (const auto& line : lines) {
        settings.insert(line.section('=', 0, 0), line.section('=', 1));
    }
    return settings;
}

void append(const QString& path, const QString& line)
{
    QFile file(path);
    if (file.open(QIODevice::Append)) {
        file.write(line.toUtf8() + '\n');
    }
}

void answer(QTcpSocket* socket, const QString& health)
{
    const auto body = QString(R"({"status":"%1","reasons":["as configured"]})").arg(health).toUtf8();
    socket->write((health == "ok" ? "HTTP/1.1 200 OK" : "HTTP/1.1 503 Service Unavailable"));
    socket->write("\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ");
    socket->write(QByteArray::number(body.size()) + "\r\n\r\n" + body);
    socket->disconnectFromHost();
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    const auto path = QCoreApplication::arguments().value(1);
    const auto settings = settingsFrom(path);
    for (auto setting = settings.begin(); setting != settings.end(); ++setting) {
        if (!QStringList{"exit", "health", "ok_after", "starts", "note"}.contains(setting.key())) {
            std::fprintf(stderr, "%s: unknown key %s\n", qPrintable(path), qPrintable(setting.key()));
            return 2;
        }
    }
    if (settings.contains("starts")) {
        append(settings["starts"], QFileInfo(path).absolutePath());
    }
    if (settings.contains("exit")) {
        return settings["exit"].toInt();
    }
    QElapsedTimer age;
    age.start();
    QTcpServer server;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        auto* socket = server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [&, socket] {
            const bool early = age.elapsed() < settings.value("ok_after", "0").toInt();
            answer(socket, early ? "starting" : settings.value("health", "ok"));
        });
    });
    QFile port(path + ".port");
    if (!server.listen(QHostAddress::LocalHost) || !port.open(QIODevice::WriteOnly)) {
        return 1;
    }
    port.write(QByteArray::number(server.serverPort()));
    port.close();
    return QCoreApplication::exec();
}
