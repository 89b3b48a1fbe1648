// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/base/redaction.h"

#include <QCoroTask>

#include <QNetworkAccessManager>
#include <QUrl>

#include <memory>

/// Requests as `http_request` and `notify` make them: what their parameters say, and what was answered.
namespace rc {

/// `{method, url, headers, body, expect_status, expect_body, outputs_from}`, references resolved, secrets not.
struct HttpCall
{
    QByteArray method = "GET";
    QUrl url;
    /// Texts, or references to secrets.
    QJsonObject headers;
    std::optional<QByteArray> body;
    QByteArray contentType;
    /// None: any from 200 to 299.
    QList<int> expectedStatuses;
    /// `{contains}` or `{path, equals}`; empty: any body.
    QJsonObject expectedBody;
    bool outputsFromJson = false;

    /// GET and HEAD change nothing.
    [[nodiscard]] bool onlyLooks() const { return method == "GET" || method == "HEAD"; }
    /// `POST https://host/path`
    [[nodiscard]] QString line() const;
};
/// InvalidInput for values that cannot be used. Of one that belongs to `outer` (its `probe` or `undo`), the headers are
/// those of `outer` where it names none of its own and asks the same scheme, host and port.
[[nodiscard]] Result<HttpCall> httpCallIn(const QJsonObject& object, const QJsonObject& outer = {});

/// What came of a request.
struct HttpOutcome
{
    enum class Kind {
        AsExpected,
        /// Answered, with another status or body.
        Otherwise,
        /// No answer; it may have arrived.
        NoAnswer,
        /// It cannot have arrived.
        NotSent,
    };
    Kind kind = Kind::NotSent;
    /// A sentence without secrets.
    QString message;
    /// `status`, `latency_ms`, the end of the body, and what the answer hands on.
    QJsonObject fields;
};
/// Makes it once, and never a second time. Cancelled or timed out, it is a request without an answer.
[[nodiscard]] QCoro::Task<HttpOutcome> perform(std::shared_ptr<QNetworkAccessManager> network, HttpCall call,
                                               Operation operation);

} // namespace rc
