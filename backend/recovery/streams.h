// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/id.h"

#include <QLatin1StringView>

/// The streams and kinds of the journal that recovery writes, apart from a plan's own events (model/plan/plan_event.h).

namespace rc::stream {

[[nodiscard]] inline QString plan(const PlanId& id)
{
    return "plan:" + id.text();
}
[[nodiscard]] inline QString incident(const IncidentId& id)
{
    return "incident:" + id.text();
}
/// Who holds a system: claim_taken and claim_released in turn.
[[nodiscard]] inline QString claim(const SystemId& id)
{
    return "claim:" + id.text();
}
inline constexpr QLatin1StringView Proposals("proposals");
inline constexpr QLatin1StringView Reviews("reviews");
/// Rollbacks and restorations, actions outside of plans, and what was recorded beside a plan's own stream.
inline constexpr QLatin1StringView Actions("actions");

} // namespace rc::stream

namespace rc::kind {

inline constexpr QLatin1StringView IncidentOpened("incident_opened");
inline constexpr QLatin1StringView IncidentStatusChanged("incident_status_changed");
inline constexpr QLatin1StringView IncidentAmended("incident_amended");
inline constexpr QLatin1StringView IncidentProposed("incident_proposed");
inline constexpr QLatin1StringView ProposalConfirmed("proposal_confirmed");
inline constexpr QLatin1StringView ProposalDismissed("proposal_dismissed");
/// What was dismissed, or what somebody opened an incident about on their own, has been absent once; it may be proposed
/// again.
inline constexpr QLatin1StringView ProposalOver("proposal_over");
inline constexpr QLatin1StringView ClaimTaken("claim_taken");
inline constexpr QLatin1StringView ClaimReleased("claim_released");
inline constexpr QLatin1StringView ProcedureReviewed("procedure_reviewed");
inline constexpr QLatin1StringView InventoryGenerated("inventory_generated");
inline constexpr QLatin1StringView InventoryReviewed("inventory_reviewed");
inline constexpr QLatin1StringView ChainRolledBack("chain_rolled_back");
/// Somebody was to be told something, by a step of a plan; and a channel has taken it.
inline constexpr QLatin1StringView NoticeGiven("notice_given");
inline constexpr QLatin1StringView NoticeDelivered("notice_delivered");
inline constexpr QLatin1StringView ActionStarted("action_started");
/// What an action without a plan has kept before its effect; a plan has an event of its own for it.
inline constexpr QLatin1StringView ActionCaptured("action_captured");
inline constexpr QLatin1StringView ActionFinished("action_finished");
/// An action without a plan whose process died; what it left is for the next action on the system to find.
inline constexpr QLatin1StringView ActionFoundUnknown("action_found_unknown");

} // namespace rc::kind
