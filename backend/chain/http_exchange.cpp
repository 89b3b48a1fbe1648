// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/http_exchange.h"

#include <QCoroNetworkReply>

#include <QElapsedTimer>

namespace rc {
namespace {

/// What a node or a service says of itself is small. Who sends more is broken, or wants to fill the memory.
constexpr qint64 MaximumBody = 8LL * 1024 * 1024;

/// A body that can be read once. Qt sends a request again when a connection ends without an answer, a POST too, unless
/// its body cannot be had twice.
class OneTimeBody final : public QIODevice
{
public:
    explicit OneTimeBody(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly);
    }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool seek(qint64) override { return false; }
    [[nodiscard]] qint64 bytesAvailable() const override
    {
        return m_bytes.size() - m_read + QIODevice::bytesAvailable();
    }
    [[nodiscard]] bool atEnd() const override { return bytesAvailable() == 0; }

protected:
    qint64 readData(char* data, qint64 size) override
    {
        const auto count = std::min<qint64>(size, m_bytes.size() - m_read);
        std::copy_n(m_bytes.constData() + m_read, count, data);
        m_read += count;
        return count > 0 ? count : -1;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_read = 0;
};

/// Ends the reply with the coroutine that waits for it.
struct DeleteLater
{
    void operator()(QNetworkReply* reply) const
    {
        reply->abort();
        reply->deleteLater();
    }
};

QNetworkReply* send(QNetworkAccessManager& network, HttpRequest& request)
{
    auto& http = request.request;
    http.setAttribute(QNetworkRequest::RedirectPolicyAttribute, request.followSameOrigin
                                                                    ? QNetworkRequest::SameOriginRedirectPolicy
                                                                    : QNetworkRequest::ManualRedirectPolicy);
    http.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    // What arrives is what is counted: nothing is unpacked.
    http.setRawHeader("Accept-Encoding", "identity");
    if (request.method == "HEAD") {
        return network.head(http);
    }
    if (!request.onlyOnce && request.method.isEmpty()) {
        return request.post ? network.post(http, *request.post) : network.get(http);
    }
    const auto method = request.method.isEmpty() ? QByteArray("POST") : request.method;
    if (!request.onlyOnce) {
        return network.sendCustomRequest(http, method, request.post.value_or(QByteArray()));
    }
    const auto bytes = request.post.value_or(QByteArray());
    auto body = std::make_unique<OneTimeBody>(bytes);
    http.setHeader(QNetworkRequest::ContentLengthHeader, bytes.size());
    http.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    http.setRawHeader("Connection", "close");
    auto* const reply = network.sendCustomRequest(http, method, body.get());
    body.release()->setParent(reply);
    return reply;
}

/// Nothing of the request can have arrived.
bool wasNeverSent(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::ConnectionRefusedError || error == QNetworkReply::HostNotFoundError ||
           error == QNetworkReply::SslHandshakeFailedError || error == QNetworkReply::ProtocolUnknownError;
}

Result<HttpAnswer> answerOf(QNetworkReply& reply, const HttpRequest& request, Milliseconds latency)
{
    const auto where = reply.url().toString(QUrl::RemoveUserInfo);
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (reply.error() == QNetworkReply::InsecureRedirectError) {
        return fail(ErrorCode::InvalidInput,
                    QString("%1 sends us somewhere else (%2), which is not followed.").arg(request.who, where));
    }
    if (status == 0 || reply.error() == QNetworkReply::RemoteHostClosedError) {
        return fail(ErrorCode::Unreachable,
                    QString("%1 cannot be reached (%2): %3.").arg(request.who, where, reply.errorString()),
                    wasNeverSent(reply.error()) ? QJsonObject{{"sent", false}} : QJsonObject());
    }
    return HttpAnswer{.status = status, .body = reply.readAll(), .latency = latency};
}

} // namespace

QCoro::Task<Result<HttpAnswer>> exchange(std::shared_ptr<QNetworkAccessManager> network, HttpRequest request)
{
    QElapsedTimer clock;
    clock.start();
    const QString where = request.request.url().toString(QUrl::RemoveUserInfo);
    if (request.cancel.isCancelled()) {
        co_return fail(ErrorCode::Cancelled, QString("Stopped before %1 was asked (%2).").arg(request.who, where),
                       {{"sent", false}});
    }
    const std::unique_ptr<QNetworkReply, DeleteLater> reply(send(*network, request));
    reply->setReadBufferSize(2 * MaximumBody);
    const auto tooLarge = std::make_shared<bool>(false); // the reply outlives this coroutine a little
    QObject::connect(reply.get(), &QNetworkReply::readyRead, reply.get(), [tooLarge, reply = reply.get()] {
        if (reply->bytesAvailable() > MaximumBody) {
            *tooLarge = true;
            reply->abort();
        }
    });
    QTimer look;
    look.callOnTimeout(reply.get(), [cancel = request.cancel, reply = reply.get()] {
        if (cancel.isCancelled()) {
            reply->abort();
        }
    });
    look.start(std::chrono::milliseconds(50));
    auto waiting = qCoro(reply.get()).waitForFinished(request.timeout);
    const bool finished = co_await waiting;
    look.stop();
    if (request.cancel.isCancelled() && reply->error() == QNetworkReply::OperationCanceledError) {
        co_return fail(ErrorCode::Cancelled, QString("Stopped waiting for %1 (%2).").arg(request.who, where));
    }
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
    co_return answerOf(*reply, request, Milliseconds(clock.elapsed()));
}

} // namespace rc
