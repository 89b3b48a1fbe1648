// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "model/base/error.h"
#include "model/base/json.h"

#include <QCoroTask>

#include <QNetworkAccessManager>
#include <QNetworkRequest>

#include <memory>

namespace rc {

struct HttpRequest
{
    QNetworkRequest request = {};
    /// GET, if there is none.
    std::optional<QByteArray> post = {};
    /// For the whole exchange.
    Milliseconds timeout{3'000};
    /// Who is asked, for sentences: "validator-3".
    QString who = {};
    /// Another method than these two, in capital letters; with `post` as its body.
    QByteArray method = {};
    /// Ends the exchange.
    CancelToken cancel = {};
    /// It is never sent again, even where a connection ends before an answer comes; it may have had its effect.
    bool onlyOnce = false;
    /// A redirection to the same scheme, host and port is followed.
    bool followSameOrigin = false;
};

struct HttpAnswer
{
    int status = 0;
    QByteArray body = {};
    Milliseconds latency{};

    /// Empty, if the body is not a JSON object.
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

/// One question, one answer, whatever its status. Otherwise Timeout, Cancelled, Unreachable, or InvalidInput for an
/// answer of more than 8 MiB; the sentences name who was asked and where. The details of Unreachable say `sent: false`
/// if nothing of the request can have arrived. Redirects are not followed if the request does not say so.
[[nodiscard]] QCoro::Task<Result<HttpAnswer>> exchange(std::shared_ptr<QNetworkAccessManager> network,
                                                       HttpRequest request);

} // namespace rc
