// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/http_call.h"

#include "backend/chain/http_exchange.h"
#include "backend/recovery/actions/parameter_values.h"

namespace rc {
namespace {

/// Steps have limits of their own; nobody waits for longer than this.
constexpr std::chrono::hours LongestWait{1};
constexpr qsizetype ShownOfBody = 4096;
constexpr qsizetype ToldOfBody = 300;

Result<QUrl> urlIn(const QJsonValue& value)
{
    QUrl url(value.toString(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "http" && url.scheme() != "https")) {
        return fail(ErrorCode::InvalidInput,
                    QString("'%1' is no address of the form http://HOST/... or https://HOST/...")
                        .arg(url.toDisplayString(QUrl::RemoveUserInfo)));
    }
    if (!url.userInfo().isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    "The address contains a name or password; give them as a header with a secret.");
    }
    return url;
}

bool isSameOrigin(const QUrl& one, const QUrl& other)
{
    const auto port = [](const QUrl& url) { return url.port(url.scheme() == "https" ? 443 : 80); };
    return one.scheme() == other.scheme() && one.host() == other.host() && port(one) == port(other);
}

void setBody(HttpCall& call, const QJsonValue& body)
{
    if (body.isObject()) {
        call.body = QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact);
        call.contentType = "application/json";
    } else if (body.isArray()) {
        call.body = QJsonDocument(body.toArray()).toJson(QJsonDocument::Compact);
        call.contentType = "application/json";
    } else if (!body.isUndefined() && !body.isNull()) {
        call.body = body.toVariant().toString().toUtf8();
        call.contentType = "text/plain; charset=utf-8";
    }
}

/// The value at `a.b.0` in a document.
QJsonValue valueAt(QJsonValue value, const QString& path)
{
    const auto names = path.split('.');
    for (const auto& name : names) {
        bool isIndex = false;
        const int index = name.toInt(&isIndex);
        value = value.isArray() && isIndex ? value.toArray().at(index) : value.toObject().value(name);
    }
    return value;
}

QJsonValue documentOf(const QByteArray& body)
{
    const auto document = QJsonDocument::fromJson(body);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QString shownValue(const QJsonValue& value)
{
    if (value.isUndefined()) {
        return "missing";
    }
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).chopped(1).sliced(1))
        .left(ToldOfBody);
}

/// Why the body is another than was expected.
std::optional<QString> wrongWith(const QByteArray& body, const QJsonObject& expected)
{
    if (expected.contains("contains")) {
        const auto wanted = expected["contains"].toVariant().toString();
        return body.contains(wanted.toUtf8()) ? std::nullopt
                                              : std::optional(QString("its answer does not contain '%1'").arg(wanted));
    }
    if (expected.contains("path")) {
        const auto path = expected["path"].toString();
        const auto found = valueAt(documentOf(body), path);
        return found == expected["equals"]
                   ? std::nullopt
                   : std::optional(QString("'%1' in its answer is %2, expected %3")
                                       .arg(path, shownValue(found), shownValue(expected["equals"])));
    }
    return std::nullopt;
}

Result<HttpRequest> requestOf(const HttpCall& call, const NamedValues& headers, const CancelToken& cancel)
{
    HttpRequest request{.request = QNetworkRequest(call.url),
                        .post = call.body,
                        .timeout = LongestWait,
                        .who = call.url.host(),
                        .method = call.method,
                        .cancel = cancel,
                        .onlyOnce = !call.onlyLooks(),
                        .followSameOrigin = call.onlyLooks()};
    if (call.body) {
        request.request.setHeader(QNetworkRequest::ContentTypeHeader, call.contentType);
    }
    for (auto header = headers.values.begin(); header != headers.values.end(); ++header) {
        if (header.value().contains('\n') || header.value().contains('\r')) {
            return fail(ErrorCode::InvalidInput, QString("The header %1 has more than one line.").arg(header.key()));
        }
        request.request.setRawHeader(header.key().toLatin1(), header.value().toUtf8());
    }
    return request;
}

QString shownBody(const QByteArray& body, const Redaction& redaction, qsizetype bytes)
{
    return Redaction::textOf(redaction.masked(body).left(bytes));
}

HttpOutcome judged(const HttpCall& call, const HttpAnswer& answer, const Redaction& redaction)
{
    HttpOutcome outcome{HttpOutcome::Kind::AsExpected,
                        QString("%1 answered with status %2.").arg(call.line()).arg(answer.status),
                        {{"status", answer.status},
                         {"latency_ms", qint64(answer.latency.count())},
                         {"body", shownBody(answer.body, redaction, ShownOfBody)}}};
    const bool isStatus = call.expectedStatuses.isEmpty() ? answer.status >= 200 && answer.status <= 299
                                                          : call.expectedStatuses.contains(answer.status);
    auto wrong =
        isStatus ? wrongWith(answer.body, call.expectedBody) : std::optional(QString("this status was not expected"));
    if (isStatus && !wrong && call.outputsFromJson) {
        const auto document = QJsonDocument::fromJson(answer.body);
        const auto handedOn = redaction.shown(QJsonValue(document.object())).toObject();
        addFields(outcome.fields, handedOn);
        wrong = document.isObject() ? std::nullopt : std::optional(QString("its answer is not a JSON object"));
    }
    if (wrong) {
        outcome.kind = HttpOutcome::Kind::Otherwise;
        const auto said = shownBody(answer.body, redaction, ToldOfBody).trimmed();
        outcome.message = QString("%1 answered with status %2; %3.%4")
                              .arg(call.line())
                              .arg(answer.status)
                              .arg(redaction.shown(*wrong), said.isEmpty() ? QString() : QString(" It says: ") + said);
    }
    return outcome;
}

HttpOutcome unanswered(const Error& error, const Redaction& redaction)
{
    const bool isSent = error.details["sent"].toBool(true);
    return {isSent ? HttpOutcome::Kind::NoAnswer : HttpOutcome::Kind::NotSent,
            redaction.shown(error.message),
            {{"error", QString(idOf(error.code))}}};
}

} // namespace

QString HttpCall::line() const
{
    return QString("%1 %2").arg(QString::fromLatin1(method), url.toDisplayString(QUrl::RemoveUserInfo));
}

Result<HttpCall> httpCallIn(const QJsonObject& object, const QJsonObject& outer)
{
    const auto url = urlIn(object["url"]);
    if (!url) {
        return std::unexpected(url.error());
    }
    HttpCall call;
    call.method = object["method"].toString("GET").toLatin1();
    call.url = *url;
    call.headers = object["headers"].toObject();
    if (!object.contains("headers") && isSameOrigin(*url, QUrl(outer["url"].toString()))) {
        call.headers = outer["headers"].toObject();
    }
    setBody(call, object["body"]);
    for (const QJsonValue status : object["expect_status"].toArray()) {
        call.expectedStatuses.append(status.toInt());
    }
    call.expectedBody = object["expect_body"].toObject();
    call.outputsFromJson = object["outputs_from"] == "json";
    return call;
}

QCoro::Task<HttpOutcome> perform(std::shared_ptr<QNetworkAccessManager> network, HttpCall call, Operation operation)
{
    const auto headers = namedValuesIn(call.headers, "The header");
    const auto request = headers ? requestOf(call, *headers, operation.cancel) : std::unexpected(headers.error());
    if (!request) {
        co_return HttpOutcome{HttpOutcome::Kind::NotSent, request.error().message, {}};
    }
    operation.progress(QString("%1: waiting for the answer.").arg(call.line()));
    const Result<HttpAnswer> answer = co_await exchange(network, *request);
    co_return answer ? judged(call, *answer, headers->redaction) : unanswered(answer.error(), headers->redaction);
}

} // namespace rc
