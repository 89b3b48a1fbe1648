// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QHttpServer>
#include <QJsonObject>
#include <QUrlQuery>

#include <functional>

namespace rc::prozchain {

/// An HTTP answer: a status and a JSON object.
struct Reply
{
    int status = 200;
    QJsonObject body;

    /// {"error": {"code", "message", "details"}} with the HTTP status that fits the code.
    [[nodiscard]] static Reply of(const Error& error);
};

/// An HTTP request whose body, if any, is a JSON object.
struct Request
{
    QUrlQuery query;
    QJsonObject body;
    /// The X-Admin-Token header.
    QByteArray adminToken;

    /// A query parameter, or nothing if absent or not a whole number.
    [[nodiscard]] std::optional<qint64> number(const QString& name) const;
    [[nodiscard]] QString text(const QString& name) const;
};

/// JSON over HTTP on 127.0.0.1. A body that is not a JSON object is answered with 400 before the handler is asked; so
/// is an unknown path with 404.
class JsonServer
{
public:
    using Method = QHttpServerRequest::Method;
    using Handler = std::function<Reply(const Request&)>;
    using Respond = std::function<void(const Reply&)>;
    using AsyncHandler = std::function<void(const Request&, const Respond&)>;

    JsonServer();

    void on(Method method, const QString& path, const Handler& handler);
    /// The handler answers later, or never: then the client runs into its timeout.
    void onAsync(Method method, const QString& path, const AsyncHandler& handler);
    /// Returns the port (a free one for 0). Busy if it is taken.
    [[nodiscard]] Result<quint16> listen(quint16 port);

private:
    QHttpServer m_server;
};

} // namespace rc::prozchain
