// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/node/json_server.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QTcpSocket>

namespace rc::prozchain {

namespace {

int httpStatus(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:
        return 400;
    case ErrorCode::PermissionDenied:
    case ErrorCode::WrongSecret:
        return 403;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::TargetInvalid:
    case ErrorCode::WrongState:
    case ErrorCode::Conflict:
    case ErrorCode::Busy:
        return 409;
    case ErrorCode::Unreachable:
        return 502;
    case ErrorCode::Timeout:
        return 504;
    default:
        return 500;
    }
}

Result<Request> parse(const QHttpServerRequest& http)
{
    Request request{http.query(), {}, http.value("X-Admin-Token")};
    if (!http.body().isEmpty()) {
        const auto document = QJsonDocument::fromJson(http.body());
        if (!document.isObject()) {
            return fail(ErrorCode::InvalidInput, "The body must be a JSON object.");
        }
        request.body = document.object();
    }
    return request;
}

void write(QHttpServerResponder& responder, const Reply& reply)
{
    if (responder.socket() != nullptr) { // gone, if the client hung up
        responder.write(QJsonDocument(reply.body), static_cast<QHttpServerResponder::StatusCode>(reply.status));
    }
}

} // namespace

Reply Reply::of(const Error& error)
{
    return {httpStatus(error.code), {{"error", error.toJson()}}};
}

std::optional<qint64> Request::number(const QString& name) const
{
    bool ok = false;
    const auto value = query.queryItemValue(name).toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

QString Request::text(const QString& name) const
{
    return query.queryItemValue(name, QUrl::FullyDecoded);
}

JsonServer::JsonServer()
{
    m_server.setMissingHandler([](const QHttpServerRequest& http, QHttpServerResponder&& responder) {
        auto own = std::move(responder);
        write(own, Reply::of({ErrorCode::NotFound, QString("There is no %1 here.").arg(http.url().path()), {}}));
    });
}

void JsonServer::on(Method method, const QString& path, const Handler& handler)
{
    onAsync(method, path, [handler](const Request& request, const Respond& respond) { respond(handler(request)); });
}

void JsonServer::onAsync(Method method, const QString& path, const AsyncHandler& handler)
{
    m_server.route(path, method, [handler](const QHttpServerRequest& http, QHttpServerResponder&& responder) {
        const auto own = std::make_shared<QHttpServerResponder>(std::move(responder));
        const auto request = parse(http);
        if (!request) {
            write(*own, Reply::of(request.error()));
            return;
        }
        handler(*request, [own](const Reply& reply) { write(*own, reply); });
    });
}

Result<quint16> JsonServer::listen(quint16 port)
{
    const auto bound = m_server.listen(QHostAddress::LocalHost, port);
    if (bound == 0) {
        return fail(ErrorCode::Busy, QString("Port %1 on 127.0.0.1 is taken.").arg(port));
    }
    return bound;
}

} // namespace rc::prozchain
