// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace rc::test {

/// Two branches behind a first look, evidence, conditions, and a step that two people answer for.
inline QByteArray graphProcedure()
{
    return R"(id: graph
version: 1
name: A plan with branches
incident_types: [state_corruption]
required_roles: [incident_commander, node_operator]
rto: 2h
steps:
  - id: look
    name: Look at it
    action_type: manual
    expected_duration: 5m
    outputs: [diverged]
  - id: mend
    name: Mend what differs
    action_type: manual
    after: [look]
    when: [{value: "${steps.look.result.diverged}", is: true}]
    undo: Put the old part back.
    expected_duration: 20m
  - id: measure
    name: Measure the lag
    action_type: manual
    after: [look]
    evidence:
      - {id: lag, kind: figure, label: Blocks behind, minimum: 0, maximum: 5}
      - {id: photo, kind: file, label: A picture, required: false}
    expected_duration: 2m
  - id: seal
    name: Seal the record
    action_type: manual
    after: [mend, measure]
    approvals: [{role: protocol_lead}]
    undo: Break the seal.
    expected_duration: 1m
verification:
  - id: files
    name: The files are the trusted ones
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
    owner_step: seal
)";
}

} // namespace rc::test
