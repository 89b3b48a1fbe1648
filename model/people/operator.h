// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/enums.h"
#include "model/base/id.h"
#include "model/base/json.h"

#include <QList>

namespace rc {

/// A person who acts in the console, as the journal knows them.
struct Operator
{
    OperatorId id;
    QString name;
    QList<Role> roles;
    QString keyId; ///< the public key in lower-case hex
    bool enabled = true;
    Timestamp addedAt;

    [[nodiscard]] bool has(Role role) const { return roles.contains(role); }
    [[nodiscard]] QJsonObject toJson() const;

    friend bool operator==(const Operator&, const Operator&) = default;
};

/// Whether a text may be an operator's id: a lower-case letter, then at most 31 of `a-z 0-9 . _ -`.
[[nodiscard]] bool isOperatorId(const QString& text);

} // namespace rc
