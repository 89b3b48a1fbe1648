// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/enums.h"
#include "model/base/id.h"

#include <QList>

#include <algorithm>

namespace rc {

/// The person behind a command, as the rules see one: who, and with which roles at this moment.
struct Actor
{
    OperatorId id;
    QList<Role> roles;

    [[nodiscard]] bool has(Role role) const { return roles.contains(role); }
    /// A person needs one of the listed roles (enums.md); an empty list asks for none.
    [[nodiscard]] bool hasOneOf(const QList<Role>& wanted) const
    {
        return wanted.isEmpty() || std::ranges::any_of(wanted, [this](Role role) { return has(role); });
    }

    friend bool operator==(const Actor&, const Actor&) = default;
};

} // namespace rc
