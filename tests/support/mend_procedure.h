// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace rc::test {

/// Automated steps on the lab, each a second or two: look at the files, restore the configuration, restart.
inline QByteArray mendProcedure()
{
    return R"(id: mend
version: 1
name: Mend a service
incident_types: [state_corruption]
required_roles: [incident_commander]
estimated_duration: 1m
risk_level: low
rto: 10m
declared_by: [incident_commander]
steps:
  - id: look
    name: Look at the files
    action_type: check
    required_roles: [node_operator]
    parameters: {check: configuration_matches, systems: "${incident.systems}"}
  - id: restore
    name: Restore the configuration
    action_type: restore_system
    required_roles: [node_operator]
    parameters: {systems: "${incident.systems}", to: last_known_good}
  - id: restart
    name: Restart
    action_type: restart_services
    required_roles: [node_operator]
    parameters: {services: "${incident.systems}", dependencies: false, health: true}
verification:
  - id: files
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
)";
}

/// The same with a step between, whose every effect is a line of `file`: the id of the incident.
inline QByteArray tallyProcedure(const QByteArray& file)
{
    const QByteArray count = R"(  - id: count
    name: Count
    action_type: command
    required_roles: [node_operator]
    parameters: {program: bash, arguments: ["-c", 'echo "$0" >>"$1"', "${incident.id}", "@FILE@"], undo: {program: "true"}}
)";
    const QByteArray next("  - id: restore\n");
    return mendProcedure()
        .replace("id: mend\n", "id: tally\n")
        .replace(next, QByteArray(count).replace("@FILE@", file) + next);
}

/// One point of no return: back to a height and hash that are given at the start, with the approval of a second person.
inline QByteArray rewindProcedure()
{
    return R"(id: rewind
version: 1
name: Rewind a node
incident_types: [state_corruption]
required_roles: [incident_commander]
estimated_duration: 1m
risk_level: high
rto: 10m
declared_by: [incident_commander]
parameters:
  - {id: height, type: integer, description: Where to go back to.}
  - {id: hash, type: string, description: The hash of that block.}
steps:
  - id: roll_back
    name: Go back
    action_type: recover_chain_data
    required_roles: [protocol_lead]
    parameters: {systems: "${incident.systems}", height: "${plan.params.height}", hash: "${plan.params.hash}"}
    approvals: [{role: protocol_lead, count: 1}]
    reversibility: irreversible
verification:
  - id: agreement
    check: state_agreement
    parameters: {systems: "${incident.systems}"}
)";
}

} // namespace rc::test
