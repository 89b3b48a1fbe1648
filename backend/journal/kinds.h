// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QString>

#include <algorithm>
#include <array>

/// The kinds of events that the journal itself has rules for. All other kinds are for the domain to define.
namespace rc::kind {

inline constexpr QLatin1StringView StoreCreated("store_created");
inline constexpr QLatin1StringView OperatorAdded("operator_added");
inline constexpr QLatin1StringView RolesGranted("roles_granted");
inline constexpr QLatin1StringView RolesRevoked("roles_revoked");
inline constexpr QLatin1StringView OperatorDisabled("operator_disabled");
inline constexpr QLatin1StringView OperatorEnabled("operator_enabled");
inline constexpr QLatin1StringView DeputyNamed("deputy_named");
inline constexpr QLatin1StringView DeputyEnded("deputy_ended");
inline constexpr QLatin1StringView BreakGlassTaken("break_glass_taken");
inline constexpr QLatin1StringView BreakGlassEnded("break_glass_ended");
inline constexpr QLatin1StringView PassphraseChanged("passphrase_changed");
inline constexpr QLatin1StringView SessionCertified("session_certified");
inline constexpr QLatin1StringView DocumentPinned("document_pinned");
inline constexpr QLatin1StringView PermissionDenied("permission_denied");

template <std::size_t N>
[[nodiscard]] bool isOneOf(const std::array<QLatin1StringView, N>& kinds, const QString& kind)
{
    return std::ranges::any_of(kinds, [&](QLatin1StringView known) { return kind == known; });
}

/// Outcomes of intents already journaled: they may be written by a locked or expired session.
[[nodiscard]] inline bool isOutcome(const QString& kind)
{
    static constexpr auto kinds = std::to_array<QLatin1StringView>({
        QLatin1StringView("step_succeeded"),
        QLatin1StringView("step_failed"),
        QLatin1StringView("step_undone"),
        QLatin1StringView("step_undo_failed"),
        QLatin1StringView("verification_finished"),
        QLatin1StringView("claim_released"),
        QLatin1StringView("chain_rolled_back"),
        QLatin1StringView("restoration_ended"),
        QLatin1StringView("action_finished"),
        QLatin1StringView("plan_disarmed"),
        QLatin1StringView("verification_cancelled"),
    });
    return isOneOf(kinds, kind);
}

/// What the device key may say; store_created only as the first row, operator_added only while there is no operator.
[[nodiscard]] inline bool isForDevice(const QString& kind)
{
    static constexpr auto kinds = std::to_array<QLatin1StringView>({
        StoreCreated,
        QLatin1StringView("incident_proposed"),
        QLatin1StringView("proposal_over"),
        QLatin1StringView("inventory_generated"),
        OperatorAdded,
    });
    return isOneOf(kinds, kind);
}

/// Kinds whose body must carry a person's own signature over a statement.
[[nodiscard]] inline bool carriesStatement(const QString& kind)
{
    static constexpr auto kinds = std::to_array<QLatin1StringView>({
        QLatin1StringView("step_approved"),
        QLatin1StringView("plan_declared"),
        QLatin1StringView("configuration_trusted"),
        QLatin1StringView("procedure_reviewed"),
    });
    return isOneOf(kinds, kind);
}

} // namespace rc::kind

namespace rc::stream {

inline constexpr QLatin1StringView Store("store");
inline constexpr QLatin1StringView Operators("operators");
inline constexpr QLatin1StringView Sessions("sessions");
inline constexpr QLatin1StringView Documents("documents");
inline constexpr QLatin1StringView Denials("denials");

} // namespace rc::stream
