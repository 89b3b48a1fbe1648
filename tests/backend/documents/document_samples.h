// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace rc::samples {

/// A procedure that uses every field; tests spoil one place of it. Line numbers count from the line of `id`.
inline const QByteArray procedure = R"(id: heal
version: 3
name: Heal
description: Makes it well.
incident_types: [state_corruption, storage_loss]
required_roles: [incident_commander]
estimated_duration: 1h30m
risk_level: high
rto: 2h
soak: 90s
closing: automatic
declared_by: [incident_commander, protocol_lead]
parameters:
  - id: target_height
    type: integer
    required: true
    default: 7
    description: Where to go.
steps:
  - id: look
    name: Look
    description: Look closely.
    action_type: check
    required_roles: [node_operator]
    parameters:
      check: find_trusted_height
      systems: ${incident.systems}
      height: ${plan.params.target_height}
    expected_duration: 500ms
    priority: urgent
    outputs: [height, hash]
    timeout: 20m
    critical: false
  - id: heal
    name: Heal
    action_type: recover_chain_data
    parameters:
      systems: ${incident.systems}
      height: ${steps.look.result.height}
      hash: ${steps.look.result.hash}
    after: [look]
    approvals:
      - role: protocol_lead
        count: 2
    reversibility: reversible_until
    reversible_until: sign
  - id: sign
    name: Sign
    action_type: manual
verification:
  - id: agreement
    name: They agree
    check: state_agreement
    parameters:
      systems: ${incident.systems}
    owner_step: heal
    timeout: 1m
    critical: true
)";

/// An inventory that uses every kind of manager and probe.
inline const QByteArray inventory = R"(network:
  name: practice
  chain_id: pc-1
  kind: practice
systems:
  - id: validator-1
    name: Validator 1
    type: node
    critical: true
    depends_on: [db]
    manager:
      kind: process
      program: bin/prozchain-node
      arguments: [--config, c.json, "7"]
      environment: {LANG: C}
      directory: run
      log: run/out.log
      grace: 10s
    chain:
      kind: prozchain
      endpoint: http://127.0.0.1:9001
      weight: 2
      admin_secret: {secret: "file:keys/admin"}
    configuration:
      directory: config
      files: [node.json, sub/peers.json]
    health:
      - {kind: http, url: "http://127.0.0.1:9001/health", expect_status: 200, interval: 5s, timeout: 2s, failures: 2, successes: 3}
      - {kind: tcp, host: 127.0.0.1, port: 9001}
      - {kind: json_rpc, url: "http://127.0.0.1:9001/", method: status, params: []}
      - {kind: command, program: /bin/true, arguments: [a]}
      - {kind: prometheus, url: "http://127.0.0.1:9001/metrics", metric: height, min: 1, max: 2.5}
  - id: db
    type: database
    manager: {kind: systemd, unit: db.service, scope: user}
  - id: proxy
    type: proxy
    manager: {kind: supervisord, program: proxy, server: "unix:///run/supervisor.sock"}
  - id: box
    type: service
    manager: {kind: container, container: box, engine: podman}
  - id: own
    type: oracle
    manager: {kind: command, start: [on], stop: [off], status: [q]}
)";

/// `sample` with the first `from` replaced. The test is broken if there is none.
inline QByteArray spoiled(QByteArray sample, const QByteArray& from, const QByteArray& to)
{
    const auto at = sample.indexOf(from);
    Q_ASSERT_X(at >= 0, "spoiled", from.constData());
    return sample.replace(at, from.size(), to);
}

} // namespace rc::samples
