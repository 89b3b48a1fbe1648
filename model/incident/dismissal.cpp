// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/incident/dismissal.h"

#include "model/base/json.h"

namespace rc {

Status mayDismiss(const Actor& actor)
{
    static const QList<Role> roles{Role::IncidentCommander, Role::SecurityAnalyst};
    if (actor.hasOneOf(roles)) {
        return {};
    }
    return fail(ErrorCode::PermissionDenied,
                QString("Dismissing a proposal needs the role incident_commander or security_analyst; %1 does not have "
                        "it.")
                    .arg(actor.id.text()),
                {{"required_roles", toJson(roles)}});
}

} // namespace rc
