// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/health/health.h"
#include "model/incident/incident.h"

namespace rc {

/// The same trouble on the same systems, in whatever order, always has the same fingerprint: the first 16 hex digits
/// of a hash.
[[nodiscard]] QString proposalFingerprint(IncidentType type, QList<SystemId> systems);

/// What the health of a network suggests. Nodes whose state differs from the quorum's: state_corruption, high. No node
/// of the chain moves, or the nodes that answer are no quorum: consensus_halt, critical, naming all nodes.
[[nodiscard]] QList<Proposal> proposalsFrom(const QList<SystemHealth>& systems, Timestamp now);

/// Whether all systems of a proposal were looked at for its trouble just now, so that its absence from
/// proposalsFrom() says that the trouble is over. Corruption shows in a node's comparison with the others, a halt in
/// the chain as a whole; what is unknown, stale or of another inventory says nothing.
[[nodiscard]] bool wasLookedFor(const Proposal& proposal, const QList<SystemHealth>& systems);

} // namespace rc
