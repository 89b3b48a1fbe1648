// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/health/prober.h"

#include "backend/chain/http_exchange.h"

#include <QCoroSignal>

#include <QDeadlineTimer>
#include <QTcpSocket>
#include <QUrl>

namespace rc {
namespace {

QString reasonsOf(const QJsonObject& body)
{
    QStringList reasons;
    const auto array = body["reasons"].toArray();
    for (const auto& reason : array) {
        reasons.append(reason.toString());
    }
    return reasons.join(" ");
}

void judge(CheckReport& report, const HttpAnswer& answer, int expected)
{
    const auto body = answer.json();
    const auto said = body["status"].toString();
    const bool expectedStatus = answer.status == expected;
    if (said == "degraded") {
        report.state = HealthState::Degraded;
    } else if (said == "failing" || said == "unhealthy" || !expectedStatus) {
        report.state = HealthState::Unhealthy;
    } else {
        report.state = HealthState::Healthy;
    }
    report.message = reasonsOf(body);
    if (report.message.isEmpty() && report.state != HealthState::Healthy) {
        report.message = expectedStatus
                             ? QString("It says that it is %1.").arg(said)
                             : QString("It answered with status %1, not %2.").arg(answer.status).arg(expected);
    }
}

QCoro::Task<CheckReport> probeHttp(std::shared_ptr<QNetworkAccessManager> network, SystemId system, ProbeSpec probe)
{
    CheckReport report{.name = probe.name};
    const QUrl url(probe.settings["url"].toString());
    const HttpRequest request{
        .request = QNetworkRequest(url), .post = {}, .timeout = probe.timeout, .who = system.text()};
    auto asking = exchange(network, request);
    const auto answer = co_await asking;
    if (!answer) {
        report.state = HealthState::Unhealthy;
        report.message = answer.error().message;
        co_return report;
    }
    report.latency = answer->latency;
    judge(report, *answer, probe.settings["expect_status"].toInt(200));
    co_return report;
}

QCoro::Task<CheckReport> probeTcp(ProbeSpec probe)
{
    CheckReport report{.name = probe.name};
    const QDeadlineTimer deadline(probe.timeout);
    const auto host = probe.settings["host"].toString("127.0.0.1");
    const auto port = quint16(probe.settings["port"].toInt());
    QTcpSocket socket;
    socket.connectToHost(host, port);
    // A refusal is a change of state too, so it does not have to wait for the timeout.
    while (socket.state() != QTcpSocket::ConnectedState && socket.state() != QTcpSocket::UnconnectedState &&
           !deadline.hasExpired()) {
        auto changing = qCoro(&socket, &QTcpSocket::stateChanged, Milliseconds(deadline.remainingTime()));
        co_await changing;
    }
    const bool connected = socket.state() == QTcpSocket::ConnectedState;
    report.latency = probe.timeout - Milliseconds(deadline.remainingTime());
    report.state = connected ? HealthState::Healthy : HealthState::Unhealthy;
    if (!connected) {
        report.message = QString("No connection to %1:%2: %3.").arg(host, QString::number(port), socket.errorString());
    }
    co_return report;
}

QCoro::Task<CheckReport> refuse(ProbeSpec probe)
{
    co_return CheckReport{.name = probe.name,
                          .state = HealthState::Unknown,
                          .message =
                              QString("Probes of the kind %1 are not supported yet.").arg(QString(idOf(probe.kind)))};
}

} // namespace

QCoro::Task<CheckReport> runProbe(std::shared_ptr<QNetworkAccessManager> network, SystemId system, ProbeSpec probe)
{
    switch (probe.kind) {
    case ProbeKind::Http:
        return probeHttp(std::move(network), std::move(system), std::move(probe));
    case ProbeKind::Tcp:
        return probeTcp(std::move(probe));
    default:
        return refuse(std::move(probe));
    }
}

} // namespace rc
