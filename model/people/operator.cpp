// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/people/operator.h"

#include <QRegularExpression>

namespace rc {

QJsonObject Operator::toJson() const
{
    return {{"id", id.text()}, {"name", name},       {"roles", rc::toJson(roles)},
            {"key_id", keyId}, {"enabled", enabled}, {"added_at", toRfc3339(addedAt)}};
}

bool isOperatorId(const QString& text)
{
    static const QRegularExpression form("\\A[a-z][a-z0-9._-]{0,31}\\z");
    return form.match(text).hasMatch();
}

} // namespace rc
