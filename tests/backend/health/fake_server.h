// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/system/inventory.h"

#include <QHash>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace rc::test {

/// Answers HTTP requests with fixed bytes by path, and notes what it was asked.
class FakeServer
{
public:
    FakeServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
    }

    void answer(const QString& path, int status, const QByteArray& body)
    {
        answers[path] = "HTTP/1.1 " + QByteArray::number(status) +
                        " Status\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                        QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QString url(const QString& path = {}) const
    {
        return QString("http://127.0.0.1:%1%2").arg(port()).arg(path);
    }
    void close() { m_server.close(); }

    /// Answers whoever waits still.
    void answerLate(const QByteArray& bytes)
    {
        for (const auto& socket : std::as_const(m_waiting)) {
            if (socket) {
                socket->write(bytes);
                socket->disconnectFromHost();
            }
        }
    }
    /// Nobody waits any more, and all that was answered has been fetched.
    [[nodiscard]] bool isQuiet() const
    {
        return std::ranges::all_of(m_waiting, [](const auto& socket) { return socket.isNull(); });
    }

    /// Raw bytes by path; a path without an answer waits.
    QHash<QString, QByteArray> answers;
    /// "POST /rollback {...}" and the token it came with.
    QStringList requests;
    QByteArray lastToken;

private:
    void accept()
    {
        while (auto* socket = m_server.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(socket); });
        }
    }
    void read(QTcpSocket* socket)
    {
        const auto all = socket->property("got").toByteArray() + socket->readAll();
        socket->setProperty("got", all);
        const auto end = all.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        qsizetype length = 0;
        const auto lines = all.first(end).split('\n');
        for (const auto& line : lines) {
            const auto lower = line.toLower();
            if (lower.startsWith("content-length:")) {
                length = line.mid(15).trimmed().toInt();
            }
            if (lower.startsWith("x-admin-token:")) {
                lastToken = line.mid(14).trimmed();
            }
        }
        if (all.size() < end + 4 + length) {
            return;
        }
        const auto words = lines.first().split(' ');
        requests.append(QString::fromUtf8(words[0] + ' ' + words[1] + ' ' + all.mid(end + 4)).trimmed());
        const auto path = QString::fromUtf8(words[1]).section('?', 0, 0);
        if (answers.contains(path)) {
            socket->write(answers[path]);
            socket->disconnectFromHost();
        } else {
            m_waiting.append(socket);
        }
    }

    QList<QPointer<QTcpSocket>> m_waiting;
    QTcpServer m_server;
};

inline ProbeSpec httpProbe(const QString& url, const QString& name = "http")
{
    ProbeSpec probe;
    probe.name = name;
    probe.kind = ProbeKind::Http;
    probe.settings = {{"url", url}};
    probe.timeout = Milliseconds(2000);
    return probe;
}

inline System systemWith(const QString& id, const QList<ProbeSpec>& probes)
{
    System system;
    system.id = SystemId(id);
    system.type = "service";
    system.health = probes;
    return system;
}

} // namespace rc::test
