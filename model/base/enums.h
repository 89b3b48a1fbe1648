// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAnyStringView>
#include <QLatin1StringView>
#include <QStringList>

#include <array>
#include <optional>

/// The closed lists of the product: one home for each id. Code, JSON, YAML, screens and reports all use these
/// spellings.

namespace rc {

/// The type of a security incident; a procedure names the types it is for.
enum class IncidentType {
    KeyCompromise,
    ConsensusHalt,
    StateCorruption,
    NodeCompromise,
    RpcExhaustion,
    BadUpgrade,
    StorageLoss,
    BridgeExploit,
};

/// Where an incident stands. A proposal is not an incident yet.
enum class IncidentStatus {
    Open,
    Recovering,
    Monitoring,
    Closed,
};

enum class Severity {
    Low,
    Medium,
    High,
    Critical,
};

/// The seed's ResponderRole. `administrator` manages operators and settings and gives no right in a plan.
enum class Role {
    IncidentCommander,
    ProtocolLead,
    NodeOperator,
    SecurityAnalyst,
    CommunicationsLead,
    ComplianceObserver,
    Observer,
    Administrator,
};

/// How somebody came by a role that ends: as somebody's deputy, or taken for themselves in need.
enum class TemporaryKind {
    Deputy,
    BreakGlass,
};

enum class RiskLevel {
    Low,
    Medium,
    High,
    Critical,
};

/// Breaks ties among ready steps; never overrides `after`.
enum class Priority {
    Low,
    Normal,
    High,
    Urgent,
};

/// The seed's RecoveryActionType: what a step does.
enum class ActionType {
    Manual,
    RestoreSystem,
    RecoverChainData,
    RestartServices,
    Command,
    HttpRequest,
    Check,
    Wait,
    Notify,
};

enum class Reversibility {
    Reversible,
    ReversibleUntil,
    Irreversible,
};

enum class PlanStatus {
    InProgress,
    Paused,
    Aborting,
    Aborted,
    VerificationFailed,
    Soaking,
    Completed,
};

enum class StepState {
    Waiting,
    Ready,
    Running,
    AwaitingApproval,
    AwaitingPerson,
    Succeeded,
    Failed,
    Skipped,
    Unknown,
    Undone,
    NotRun,
};

/// Derived from a plan, for walls and reports.
enum class Phase {
    Prepare,
    Recover,
    Verify,
    Soak,
    Closed,
};

enum class SystemType {
    Node,
    Database,
    Gateway,
    Indexer,
    Explorer,
    Bridge,
    Proxy,
    Service,
};

/// How a system is started and stopped.
enum class ManagerKind {
    Process,
    Systemd,
    Supervisord,
    Container,
    Command,
};

enum class ChainKind {
    Prozchain,
    Ethereum,
    Bitcoin,
    Cometbft,
};

/// What an intent or a consent is for: to do what the step says, to restore what was there before it, or to do without
/// it.
enum class StepAct {
    Run,
    Undo,
    Skip,
};

/// What a step's evidence is.
enum class EvidenceKind {
    File,
    Figure,
    Hash,
    Text,
};

/// How a condition compares a value with what it expects.
enum class Comparison {
    Is,
    IsNot,
    AtLeast,
    AtMost,
    Contains,
    OneOf,
};

enum class TargetStateKind {
    ConfigurationVersion,
    LastKnownGood,
    Specific,
};

enum class ArtifactKind {
    ConfigurationApplication,
    ServiceStop,
    ServiceStart,
    Backup,
    Rollback,
    BlockSync,
    StateVerification,
    File,
    Figure,
};

/// How the kept copy of a file of evidence is found, against the hash that the journal has of it.
enum class EvidenceState {
    Sound,
    Missing,
    Altered,
    Unreadable,
};

enum class ChainOperation {
    Rollback,
    BlockSync,
    StateVerification,
};

enum class HealthState {
    Healthy,
    Degraded,
    Unhealthy,
    Unknown,
    Stale,
};

enum class RestartOutcome {
    Restarted,
    Failed,
    Skipped,
    NotReached,
};

/// A practice network is never taken for a live one (product rule 15).
enum class NetworkKind {
    Live,
    Practice,
};

enum class ErrorCode {
    InvalidInput,
    NotFound,
    UnsupportedTargetState,
    UnsupportedServiceType,
    UnsupportedSystemType,
    TargetInvalid,
    NoKnownGood,
    InvalidStepIndex,
    WrongState,
    Conflict,
    Busy,
    PermissionDenied,
    WrongSecret,
    NotSignedIn,
    NotReviewed,
    Unreachable,
    Timeout,
    Cancelled,
    VerificationFailed,
    StoreError,
};

/// The ids of an enumeration, in declaration order.
template <class E>
inline constexpr auto enumIds = std::array<QLatin1StringView, 0>{};

template <>
inline constexpr auto enumIds<IncidentType> = std::to_array<QLatin1StringView>({
    QLatin1StringView("key_compromise"),
    QLatin1StringView("consensus_halt"),
    QLatin1StringView("state_corruption"),
    QLatin1StringView("node_compromise"),
    QLatin1StringView("rpc_exhaustion"),
    QLatin1StringView("bad_upgrade"),
    QLatin1StringView("storage_loss"),
    QLatin1StringView("bridge_exploit"),
});
template <>
inline constexpr auto enumIds<IncidentStatus> = std::to_array<QLatin1StringView>({
    QLatin1StringView("open"),
    QLatin1StringView("recovering"),
    QLatin1StringView("monitoring"),
    QLatin1StringView("closed"),
});
template <>
inline constexpr auto enumIds<Severity> = std::to_array<QLatin1StringView>({
    QLatin1StringView("low"),
    QLatin1StringView("medium"),
    QLatin1StringView("high"),
    QLatin1StringView("critical"),
});
template <>
inline constexpr auto enumIds<Role> = std::to_array<QLatin1StringView>({
    QLatin1StringView("incident_commander"),
    QLatin1StringView("protocol_lead"),
    QLatin1StringView("node_operator"),
    QLatin1StringView("security_analyst"),
    QLatin1StringView("communications_lead"),
    QLatin1StringView("compliance_observer"),
    QLatin1StringView("observer"),
    QLatin1StringView("administrator"),
});
template <>
inline constexpr auto enumIds<TemporaryKind> = std::to_array<QLatin1StringView>({
    QLatin1StringView("deputy"),
    QLatin1StringView("break_glass"),
});
template <>
inline constexpr auto enumIds<RiskLevel> = std::to_array<QLatin1StringView>({
    QLatin1StringView("low"),
    QLatin1StringView("medium"),
    QLatin1StringView("high"),
    QLatin1StringView("critical"),
});
template <>
inline constexpr auto enumIds<Priority> = std::to_array<QLatin1StringView>({
    QLatin1StringView("low"),
    QLatin1StringView("normal"),
    QLatin1StringView("high"),
    QLatin1StringView("urgent"),
});
template <>
inline constexpr auto enumIds<ActionType> = std::to_array<QLatin1StringView>({
    QLatin1StringView("manual"),
    QLatin1StringView("restore_system"),
    QLatin1StringView("recover_chain_data"),
    QLatin1StringView("restart_services"),
    QLatin1StringView("command"),
    QLatin1StringView("http_request"),
    QLatin1StringView("check"),
    QLatin1StringView("wait"),
    QLatin1StringView("notify"),
});
template <>
inline constexpr auto enumIds<Reversibility> = std::to_array<QLatin1StringView>({
    QLatin1StringView("reversible"),
    QLatin1StringView("reversible_until"),
    QLatin1StringView("irreversible"),
});
template <>
inline constexpr auto enumIds<PlanStatus> = std::to_array<QLatin1StringView>({
    QLatin1StringView("in_progress"),
    QLatin1StringView("paused"),
    QLatin1StringView("aborting"),
    QLatin1StringView("aborted"),
    QLatin1StringView("verification_failed"),
    QLatin1StringView("soaking"),
    QLatin1StringView("completed"),
});
template <>
inline constexpr auto enumIds<StepState> = std::to_array<QLatin1StringView>({
    QLatin1StringView("waiting"),
    QLatin1StringView("ready"),
    QLatin1StringView("running"),
    QLatin1StringView("awaiting_approval"),
    QLatin1StringView("awaiting_person"),
    QLatin1StringView("succeeded"),
    QLatin1StringView("failed"),
    QLatin1StringView("skipped"),
    QLatin1StringView("unknown"),
    QLatin1StringView("undone"),
    QLatin1StringView("not_run"),
});
template <>
inline constexpr auto enumIds<Phase> = std::to_array<QLatin1StringView>({
    QLatin1StringView("prepare"),
    QLatin1StringView("recover"),
    QLatin1StringView("verify"),
    QLatin1StringView("soak"),
    QLatin1StringView("closed"),
});
template <>
inline constexpr auto enumIds<SystemType> = std::to_array<QLatin1StringView>({
    QLatin1StringView("node"),
    QLatin1StringView("database"),
    QLatin1StringView("gateway"),
    QLatin1StringView("indexer"),
    QLatin1StringView("explorer"),
    QLatin1StringView("bridge"),
    QLatin1StringView("proxy"),
    QLatin1StringView("service"),
});
template <>
inline constexpr auto enumIds<ManagerKind> = std::to_array<QLatin1StringView>({
    QLatin1StringView("process"),
    QLatin1StringView("systemd"),
    QLatin1StringView("supervisord"),
    QLatin1StringView("container"),
    QLatin1StringView("command"),
});
template <>
inline constexpr auto enumIds<ChainKind> = std::to_array<QLatin1StringView>({
    QLatin1StringView("prozchain"),
    QLatin1StringView("ethereum"),
    QLatin1StringView("bitcoin"),
    QLatin1StringView("cometbft"),
});
template <>
inline constexpr auto enumIds<TargetStateKind> = std::to_array<QLatin1StringView>({
    QLatin1StringView("configuration_version"),
    QLatin1StringView("last_known_good"),
    QLatin1StringView("specific"),
});
template <>
inline constexpr auto enumIds<ArtifactKind> = std::to_array<QLatin1StringView>({
    QLatin1StringView("configuration_application"),
    QLatin1StringView("service_stop"),
    QLatin1StringView("service_start"),
    QLatin1StringView("backup"),
    QLatin1StringView("rollback"),
    QLatin1StringView("block_sync"),
    QLatin1StringView("state_verification"),
    QLatin1StringView("file"),
    QLatin1StringView("figure"),
});
template <>
inline constexpr auto enumIds<EvidenceState> = std::to_array<QLatin1StringView>({
    QLatin1StringView("sound"),
    QLatin1StringView("missing"),
    QLatin1StringView("altered"),
    QLatin1StringView("unreadable"),
});
template <>
inline constexpr auto enumIds<StepAct> = std::to_array<QLatin1StringView>({
    QLatin1StringView("run"),
    QLatin1StringView("undo"),
    QLatin1StringView("skip"),
});
template <>
inline constexpr auto enumIds<EvidenceKind> = std::to_array<QLatin1StringView>({
    QLatin1StringView("file"),
    QLatin1StringView("figure"),
    QLatin1StringView("hash"),
    QLatin1StringView("text"),
});
template <>
inline constexpr auto enumIds<Comparison> = std::to_array<QLatin1StringView>({
    QLatin1StringView("is"),
    QLatin1StringView("is_not"),
    QLatin1StringView("at_least"),
    QLatin1StringView("at_most"),
    QLatin1StringView("contains"),
    QLatin1StringView("one_of"),
});
template <>
inline constexpr auto enumIds<ChainOperation> = std::to_array<QLatin1StringView>({
    QLatin1StringView("rollback"),
    QLatin1StringView("block_sync"),
    QLatin1StringView("state_verification"),
});
template <>
inline constexpr auto enumIds<HealthState> = std::to_array<QLatin1StringView>({
    QLatin1StringView("healthy"),
    QLatin1StringView("degraded"),
    QLatin1StringView("unhealthy"),
    QLatin1StringView("unknown"),
    QLatin1StringView("stale"),
});
template <>
inline constexpr auto enumIds<RestartOutcome> = std::to_array<QLatin1StringView>({
    QLatin1StringView("restarted"),
    QLatin1StringView("failed"),
    QLatin1StringView("skipped"),
    QLatin1StringView("not_reached"),
});
template <>
inline constexpr auto enumIds<NetworkKind> = std::to_array<QLatin1StringView>({
    QLatin1StringView("live"),
    QLatin1StringView("practice"),
});
template <>
inline constexpr auto enumIds<ErrorCode> = std::to_array<QLatin1StringView>({
    QLatin1StringView("invalid_input"),
    QLatin1StringView("not_found"),
    QLatin1StringView("unsupported_target_state"),
    QLatin1StringView("unsupported_service_type"),
    QLatin1StringView("unsupported_system_type"),
    QLatin1StringView("target_invalid"),
    QLatin1StringView("no_known_good"),
    QLatin1StringView("invalid_step_index"),
    QLatin1StringView("wrong_state"),
    QLatin1StringView("conflict"),
    QLatin1StringView("busy"),
    QLatin1StringView("permission_denied"),
    QLatin1StringView("wrong_secret"),
    QLatin1StringView("not_signed_in"),
    QLatin1StringView("not_reviewed"),
    QLatin1StringView("unreachable"),
    QLatin1StringView("timeout"),
    QLatin1StringView("cancelled"),
    QLatin1StringView("verification_failed"),
    QLatin1StringView("store_error"),
});

template <class E>
concept ClosedList = std::is_enum_v<E> && enumIds<E>.size() > 0;

/// The id of a value, as written in JSON and YAML.
template <ClosedList E>
[[nodiscard]] constexpr QLatin1StringView idOf(E value)
{
    return enumIds<E>[static_cast<std::size_t>(value)];
}

/// The value of an id, or nothing if the list does not have it.
template <ClosedList E>
[[nodiscard]] std::optional<E> fromId(QAnyStringView id)
{
    for (std::size_t i = 0; i < enumIds<E>.size(); ++i) {
        if (id == QAnyStringView(enumIds<E>[i])) {
            return static_cast<E>(i);
        }
    }
    return std::nullopt;
}

/// All ids, for messages such as "expected one of ...".
template <ClosedList E>
[[nodiscard]] QStringList allIds()
{
    QStringList ids;
    for (const auto id : enumIds<E>) {
        ids.append(QString(id));
    }
    return ids;
}

} // namespace rc
