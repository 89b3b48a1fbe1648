// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/enums.h"
#include "model/base/id.h"
#include "model/base/json.h"

#include <QList>

namespace rc {

/// How long a role of this kind is had at most: a role that was taken by break-glass 4 hours, a deputy's 31 days.
[[nodiscard]] Milliseconds longestOf(TemporaryKind kind);

/// A role that somebody has for a time. It is had by that person: whatever compares people (a second person's approval)
/// still sees the same one.
struct TemporaryRole
{
    Role role = Role::Observer;
    TemporaryKind kind = TemporaryKind::Deputy;
    OperatorId of; ///< whose role a deputy has; empty for break-glass
    OperatorId by; ///< who gave it; for break-glass the person themselves
    QString reason;
    Timestamp since;
    Timestamp until;   ///< from here on it is over
    qint64 record = 0; ///< the row of the journal that gave it

    [[nodiscard]] bool isInForce(Timestamp at) const { return since <= at && at < until; }
    [[nodiscard]] QJsonObject toJson() const;

    friend bool operator==(const TemporaryRole&, const TemporaryRole&) = default;
};

/// A person who acts in the console, as the journal knows them.
struct Operator
{
    OperatorId id;
    QString name;
    QList<Role> roles; ///< those that do not end by themselves
    QString keyId;     ///< the public key in lower-case hex
    bool enabled = true;
    Timestamp addedAt;
    /// Never the role administrator, and none that is among `roles`; some may be over.
    QList<TemporaryRole> temporary = {};

    /// Whether the role was given, for good or for a time that may be over: what counts at a moment is rolesAt().
    [[nodiscard]] bool has(Role role) const;
    /// The temporary roles in force.
    [[nodiscard]] QList<TemporaryRole> temporaryAt(Timestamp at) const;
    /// All roles in force, each once.
    [[nodiscard]] QList<Role> rolesAt(Timestamp at) const;
    [[nodiscard]] QJsonObject toJson() const;

    friend bool operator==(const Operator&, const Operator&) = default;
};

/// Whether a text may be an operator's id: a lower-case letter, then at most 31 of `a-z 0-9 . _ -`.
[[nodiscard]] bool isOperatorId(const QString& text);

} // namespace rc
