// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/http_exchange.h"

#include <QCoroNetworkReply>

#include <QElapsedTimer>

namespace rc {
namespace {

/// What a node or a service says of itself is small. Who sends more is broken, or wants to fill the memory.
constexpr qint64 MaximumBody = 8LL * 1024 * 1024;

/// Ends the reply with the coroutine that waits for it.
struct DeleteLater
{
    void operator()(QNetworkReply* reply) const
    {
        reply->abort();
        reply->deleteLater();
    }
};

} // namespace

QCoro::Task<Result<HttpAnswer>> exchange(std::shared_ptr<QNetworkAccessManager> network, HttpRequest request)
{
    QElapsedTimer clock;
    clock.start();
    auto& http = request.request;
    http.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    http.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    // What arrives is what is counted: nothing is unpacked.
    http.setRawHeader("Accept-Encoding", "identity");
    const QString where = http.url().toString(QUrl::RemoveUserInfo);
    const std::unique_ptr<QNetworkReply, DeleteLater> reply(request.post ? network->post(http, *request.post)
                                                                         : network->get(http));
    reply->setReadBufferSize(2 * MaximumBody);
    const auto tooLarge = std::make_shared<bool>(false); // the reply outlives this coroutine a little
    QObject::connect(reply.get(), &QNetworkReply::readyRead, reply.get(), [tooLarge, reply = reply.get()] {
        if (reply->bytesAvailable() > MaximumBody) {
            *tooLarge = true;
            reply->abort();
        }
    });
    auto waiting = qCoro(reply.get()).waitForFinished(request.timeout);
    const bool finished = co_await waiting;
    if (*tooLarge) {
        co_return fail(
            ErrorCode::InvalidInput,
            QString("The answer of %1 (%2) makes no sense: it is larger than 8 MiB.").arg(request.who, where));
    }
    if (!finished) {
        co_return fail(
            ErrorCode::Timeout,
            QString("%1 did not answer within %2 ms (%3).").arg(request.who).arg(request.timeout.count()).arg(where));
    }
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0 || reply->error() == QNetworkReply::RemoteHostClosedError) {
        co_return fail(ErrorCode::Unreachable,
                       QString("%1 cannot be reached (%2): %3.").arg(request.who, where, reply->errorString()));
    }
    co_return HttpAnswer{.status = status, .body = reply->readAll(), .latency = Milliseconds(clock.elapsed())};
}

} // namespace rc
