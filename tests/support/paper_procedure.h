// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace rc::test {

/// A procedure of manual steps for the home of LabHome::writeInventory: `look`, then `seal` with the approval of a
/// second protocol lead, beside them `tidy`, which is not critical; verified by the files of the systems.
inline QByteArray paperProcedure(const QByteArray& soak = "0s", int version = 1)
{
    return QByteArray(R"(id: paper
version: VERSION
name: Paper work
description: Steps that a person does with a pencil.
incident_types: [state_corruption]
required_roles: [incident_commander, node_operator]
estimated_duration: 5m
risk_level: low
rto: 30m
soak: SOAK
closing: declared
declared_by: [incident_commander]
parameters:
  - id: colour
    type: string
    required: false
    description: Of the pencil.
steps:
  - id: look
    name: Look at it
    description: Write down what was seen.
    action_type: manual
    required_roles: [incident_commander, node_operator]
  - id: seal
    name: Seal the record
    description: Sign the paper.
    action_type: manual
    required_roles: [protocol_lead]
    approvals: [{role: protocol_lead, count: 1}]
  - id: tidy
    name: Tidy up
    description: Put the pencil back.
    action_type: manual
    required_roles: [node_operator]
    after: []
verification:
  - id: files
    name: The files are the trusted ones
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
    owner_step: seal
)")
        .replace("SOAK", soak)
        .replace("VERSION", QByteArray::number(version));
}

} // namespace rc::test
