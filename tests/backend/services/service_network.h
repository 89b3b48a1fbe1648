// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/service_restart_service.h"
#include "tests/backend/services/supervised_home.h"

#include <QCoroNetworkReply>

#include <QDir>
#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace rc::test {

/// Services that are real processes (tests/backend/services/test_service.cpp), each with a configuration file
/// `service.conf` in a directory of its own, kept by a supervisor in a temporary home. Nothing of it is left
/// afterwards.
class ServiceNetwork
{
public:
    ServiceNetwork() { begun = home.begin().has_value(); }

    /// Adds a service to the inventory, with a configuration that is fine.
    SystemId add(const QString& id, const QStringList& dependsOn = {}, bool critical = false,
                 const QString& type = "service")
    {
        System system;
        system.id = SystemId(id);
        system.type = type;
        system.critical = critical;
        for (const auto& dependency : dependsOn) {
            system.dependsOn.append(SystemId(dependency));
        }
        system.manager = ManagerSpec{ManagerKind::Process,
                                     {{"program", RC_BIN_DIR "/test_service"},
                                      {"arguments", QJsonArray{directoryOf(system.id) + "/service.conf"}},
                                      {"grace_ms", 5'000}}};
        system.configuration = ConfigurationSpec{directoryOf(system.id), {"service.conf"}};
        system.health.append(ProbeSpec());
        inventory.systems.append(system);
        QDir().mkpath(directoryOf(system.id));
        configure(system.id, "");
        return system.id;
    }

    /// Puts a configuration in place, as somebody with an editor would.
    void configure(const SystemId& id, const QString& text) const
    {
        const auto written =
            writeFileAtomically(configurationOf(id), QString("starts=%1\n%2\n").arg(starts(), text).toUtf8(), 0640);
        QVERIFY(written);
    }

    /// To be called once all services are added.
    void start(const QList<SystemId>& running)
    {
        managers = ServiceManagers::of(inventory, home.path);
        for (const auto& id : running) {
            const auto started = home.wait((*managers->managerOf(id))->start(id, {}));
            QVERIFY2(started && started->success, qPrintable(started ? started->details : started.error().message));
        }
        QVERIFY(QFile::remove(starts()) || running.isEmpty());
    }

    [[nodiscard]] ServiceStatus status(const SystemId& id) const
    {
        return home.wait((*managers->managerOf(id))->status(id)).value_or(ServiceStatus());
    }

    /// The services started since start(), in order.
    [[nodiscard]] QStringList startedInOrder() const
    {
        QStringList names;
        for (const auto& line : readFile(starts()).value_or(QByteArray()).split('\n')) {
            if (!line.isEmpty()) {
                names.append(QFileInfo(QString::fromUtf8(line)).fileName());
            }
        }
        return names;
    }

    [[nodiscard]] QString directoryOf(const SystemId& id) const { return home.path + "/systems/" + id.text(); }
    [[nodiscard]] QString configurationOf(const SystemId& id) const { return directoryOf(id) + "/service.conf"; }

    /// Asks a service's own /health.
    [[nodiscard]] HealthProbe health()
    {
        return [this](SystemId id) { return healthOf(std::move(id)); };
    }

    SupervisedHome home;
    Inventory inventory;
    std::unique_ptr<ServiceManagers> managers;
    bool begun = false;

private:
    [[nodiscard]] QString starts() const { return home.path + "/starts"; }

    QCoro::Task<Result<SystemHealth>> healthOf(SystemId id)
    {
        const auto port = QString::fromUtf8(readFile(configurationOf(id) + ".port").value_or("0"));
        QNetworkRequest request(QUrl("http://127.0.0.1:" + port + "/health"));
        request.setTransferTimeout(2'000);
        const std::unique_ptr<QNetworkReply> reply(m_network.get(request));
        co_await qCoro(reply.get()).waitForFinished();
        const bool ok = reply->error() == QNetworkReply::NoError;
        const auto state = ok ? HealthState::Healthy : HealthState::Unhealthy;
        const auto said = QString::fromUtf8(reply->readAll());
        co_return SystemHealth{
            .id = id,
            .state = state,
            .checks = {{.name = "http", .state = state, .message = said.isEmpty() ? reply->errorString() : said}}};
    }

    QNetworkAccessManager m_network;
};

inline Timestamp now()
{
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

} // namespace rc::test
