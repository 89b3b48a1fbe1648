// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/lab/lab_layout.h"
#include "backend/platform/files.h"
#include "test_chain.h"
#include "tests/support/port_lease.h"

#include <QDir>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTest>

namespace rc::prozchain::test {

/// A practice network of real processes with a fast clock, stopped by pid when the object ends.
class LabNetwork
{
public:
    LabNetwork()
        : m_layout(*lab::labLayout(quint16(m_ports.base()), m_home.path(), Options))
    {
        lab::writeLab(m_layout, Options).value();
    }
    ~LabNetwork()
    {
        for (auto& [id, process] : m_processes) {
            process->kill();
        }
        for (auto& [id, process] : m_processes) {
            process->waitForFinished();
        }
    }
    LabNetwork(const LabNetwork&) = delete;
    LabNetwork& operator=(const LabNetwork&) = delete;

    [[nodiscard]] const lab::LabSystem& system(const QString& id) const { return *m_layout.find(id); }
    [[nodiscard]] static QString node(int index) { return QString("validator-%1").arg(index); }

    void start(const QString& id)
    {
        auto& process = m_processes[id];
        process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::MergedChannels);
        process->setStandardOutputFile(QDir(system(id).directory).filePath("log"), QIODevice::Append);
        process->start(QString(RC_BIN_DIR "/") + system(id).program, system(id).arguments);
        QVERIFY(process->waitForStarted());
    }
    void startNodes(int first = 1, int last = 4)
    {
        for (int i = first; i <= last; ++i) {
            start(node(i));
        }
    }
    void kill(const QString& id)
    {
        m_processes.at(id)->kill();
        QVERIFY(m_processes.at(id)->waitForFinished());
    }
    /// The exit status after an orderly end by SIGTERM.
    int terminate(const QString& id)
    {
        m_processes.at(id)->terminate();
        return m_processes.at(id)->waitForFinished() ? m_processes.at(id)->exitCode() : -1;
    }

    /// For a failing test: whether the process runs, and the last that it wrote.
    [[nodiscard]] QByteArray story(const QString& id) const
    {
        const auto running = m_processes.at(id)->state() == QProcess::Running;
        const auto log = readFile(QDir(system(id).directory).filePath("log")).value_or(QByteArray());
        return id.toUtf8() + (running ? " runs: " : " has ended: ") + log.right(500);
    }

    /// The JSON answer to a request; empty if there is none.
    QJsonObject get(const QString& id, const QString& pathAndQuery)
    {
        return finish(m_network.get(request(id, pathAndQuery)));
    }
    QJsonObject post(const QString& id, const QString& path, const QJsonObject& body, bool asAdmin = true)
    {
        auto what = request(id, path);
        if (asAdmin) {
            what.setRawHeader("X-Admin-Token", readFile(system(id).adminTokenFile)->trimmed());
        }
        return finish(m_network.post(what, QJsonDocument(body).toJson()));
    }
    QJsonObject health(const QString& id) { return get(id, "/health"); }
    qint64 height(const QString& id) { return get(id, "/status")["height"].toInteger(-1); }
    QString hashAt(const QString& id, qint64 height)
    {
        return get(id, QString("/header?height=%1").arg(height))["hash"].toString();
    }

private:
    [[nodiscard]] QNetworkRequest request(const QString& id, const QString& pathAndQuery) const
    {
        QNetworkRequest what(QUrl(QString("http://127.0.0.1:%1%2").arg(system(id).port).arg(pathAndQuery)));
        what.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
        what.setTransferTimeout(3000);
        return what;
    }
    static QJsonObject finish(QNetworkReply* reply)
    {
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        reply->deleteLater();
        return QJsonDocument::fromJson(reply->readAll()).object();
    }

    inline static const lab::LabOptions Options{"prozchain-test", 4, 150, 300, 100};

    QTemporaryDir m_home;
    rc::test::PortLease m_ports;
    lab::LabLayout m_layout;
    std::map<QString, std::unique_ptr<QProcess>> m_processes;
    QNetworkAccessManager m_network;
};

} // namespace rc::prozchain::test
