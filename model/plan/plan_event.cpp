// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan_event.h"

namespace rc {
namespace {

QJsonObject toJson(const Executor& executor)
{
    return {{"id", executor.id}, {"process", executor.process}};
}

Executor executorFromJson(const QJsonValue& value)
{
    return {value["id"].toString(), value["process"].toObject()};
}

QStringList textsFromJson(const QJsonValue& value)
{
    QStringList texts;
    for (const auto& entry : value.toArray()) {
        texts.append(entry.toString());
    }
    return texts;
}

QJsonObject toJson(const PlanPins& pins)
{
    return {
        {"store", pins.store},
        {"plan_hash", pins.planHash},
        {"procedure_hash", pins.procedureHash},
        {"inventory_hash", pins.inventoryHash},
        {"network", QJsonObject{{"name", pins.network.name},
                                {"chain_id", pins.network.chainId},
                                {"kind", QString(idOf(pins.network.kind))}}},
        {"incident", toJson(pins.incident)},
        {"parameters", pins.parameters},
        {"rehearsal", pins.rehearsal},
        {"override_reason", pins.overrideReason},
        {"dry_run_hash", pins.dryRunHash},
    };
}

PlanPins pinsFromJson(const QJsonObject& object)
{
    const auto network = object["network"].toObject();
    return {
        object["store"].toString(),
        object["plan_hash"].toString(),
        object["procedure_hash"].toString(),
        object["inventory_hash"].toString(),
        {network["name"].toString(), network["chain_id"].toString(), enumFromJson(network["kind"], NetworkKind::Live)},
        incidentFromJson(object["incident"].toObject()),
        object["parameters"].toObject(),
        object["rehearsal"].toBool(),
        object["override_reason"].toString(),
        object["dry_run_hash"].toString(),
    };
}

// One pair per event: body() writes what read() reads. Fields are in the order of the struct.

QJsonObject body(const PlanStarted& e)
{
    return {{"plan", e.plan.text()}, {"pins", toJson(e.pins)}, {"procedure", toShortJson(e.procedure)}};
}
void read(PlanStarted& e, const QJsonObject& o)
{
    e = {PlanId(o["plan"].toString()), pinsFromJson(o["pins"].toObject()),
         procedureFromJson(o["procedure"].toObject())};
}

QJsonObject body(const PlanArmed& e)
{
    return {{"executor", toJson(e.executor)}, {"steps", toJson(e.steps)}, {"crossing", toJson(e.crossing)}};
}
void read(PlanArmed& e, const QJsonObject& o)
{
    e = {executorFromJson(o["executor"]), idsFromJson<StepId>(o["steps"]), idsFromJson<StepId>(o["crossing"])};
}

template <class E>
concept HasOnlyReason = requires(E e) {
    e.reason;
    requires sizeof(E) == sizeof(QString);
};

template <HasOnlyReason E>
QJsonObject body(const E& e)
{
    return {{"reason", e.reason}};
}
template <HasOnlyReason E>
void read(E& e, const QJsonObject& o)
{
    e.reason = o["reason"].toString();
}

template <class E>
    requires std::is_empty_v<E>
QJsonObject body(const E&)
{
    return {};
}
template <class E>
    requires std::is_empty_v<E>
void read(E&, const QJsonObject&)
{
}

QJsonObject body(const StepStarted& e)
{
    return {{"step", e.step.text()},          {"attempt", e.attempt},
            {"executor", toJson(e.executor)}, {"parameters", e.parameters},
            {"systems", toJson(e.systems)},   {"approvals", QJsonArray::fromStringList(e.approvalNonces)}};
}
void read(StepStarted& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()),        o["attempt"].toInt(1),
         executorFromJson(o["executor"]),     o["parameters"].toObject(),
         idsFromJson<SystemId>(o["systems"]), textsFromJson(o["approvals"])};
}

QJsonObject body(const StepSucceeded& e)
{
    return {{"step", e.step.text()},
            {"attempt", e.attempt},
            {"result", toJson(e.result)},
            {"note", e.note},
            {"evidence", e.evidence}};
}
void read(StepSucceeded& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), o["attempt"].toInt(1), stepResultFromJson(o["result"].toObject()),
         o["note"].toString(), o["evidence"].toArray()};
}

QJsonObject body(const StepFailed& e)
{
    return {{"step", e.step.text()},
            {"attempt", e.attempt},
            {"result", toJson(e.result)},
            {"note", e.note},
            {"evidence", e.evidence}};
}
void read(StepFailed& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), o["attempt"].toInt(1), stepResultFromJson(o["result"].toObject()),
         o["note"].toString(), o["evidence"].toArray()};
}

QJsonObject body(const StepCaptured& e)
{
    return {{"step", e.step.text()},
            {"attempt", e.attempt},
            {"kind", QString(idOf(e.capture.kind))},
            {"how", e.capture.how},
            {"pre_image", e.capture.preImage}};
}
void read(StepCaptured& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()),
         o["attempt"].toInt(1),
         {enumFromJson(o["kind"], Capture::Kind::Final), o["how"].toString(), o["pre_image"].toObject()}};
}

QJsonObject body(const StepDeviated& e)
{
    return {{"step", e.step.text()},
            {"attempt", e.deviation.attempt},
            {"expected", e.deviation.expected},
            {"found", e.deviation.found}};
}
void read(StepDeviated& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), {o["attempt"].toInt(1), o["expected"].toArray(), o["found"].toArray()}};
}

QJsonObject body(const StepCancelRequested& e)
{
    return {{"step", e.step.text()}, {"attempt", e.attempt}, {"reason", e.reason}};
}
void read(StepCancelRequested& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), o["attempt"].toInt(1), o["reason"].toString()};
}

QJsonObject body(const StepSkipped& e)
{
    return {{"step", e.step.text()},
            {"reason", e.reason},
            {"with", e.with.text()},
            {"unneeded", e.unneeded},
            {"approvals", QJsonArray::fromStringList(e.approvalNonces)}};
}
void read(StepSkipped& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), o["reason"].toString(), StepId(o["with"].toString()), o["unneeded"].toBool(),
         textsFromJson(o["approvals"])};
}

QJsonObject body(const StepRetried& e)
{
    QJsonObject object{
        {"step", e.step.text()}, {"attempt", e.attempt}, {"reason", e.reason}, {"not_before", rc::toJson(e.notBefore)}};
    if (e.withoutEffect) {
        object.insert("without_effect", true);
    }
    return object;
}
void read(StepRetried& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), o["attempt"].toInt(2), o["reason"].toString(), timeFromJson(o["not_before"]),
         o["without_effect"].toBool()};
}

QJsonObject body(const StepFoundUnknown& e)
{
    return {{"step", e.step.text()}, {"attempt", e.attempt}, {"executor", e.executor}};
}
void read(StepFoundUnknown& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), o["attempt"].toInt(1), o["executor"].toString()};
}

QJsonObject body(const StepUndoStarted& e)
{
    return {{"step", e.step.text()},          {"attempt", e.attempt},
            {"executor", toJson(e.executor)}, {"reason", e.reason},
            {"systems", toJson(e.systems)},   {"approvals", QJsonArray::fromStringList(e.approvalNonces)}};
}
void read(StepUndoStarted& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()),        o["attempt"].toInt(1),
         executorFromJson(o["executor"]),     o["reason"].toString(),
         idsFromJson<SystemId>(o["systems"]), textsFromJson(o["approvals"])};
}

QJsonObject body(const StepUndoFailed& e)
{
    return {{"step", e.step.text()}, {"attempt", e.attempt}, {"result", toJson(e.result)}};
}
void read(StepUndoFailed& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), o["attempt"].toInt(1), stepResultFromJson(o["result"].toObject())};
}

QJsonObject body(const StepUndone& e)
{
    return {{"step", e.step.text()}, {"reason", e.reason}, {"result", toJson(e.result)}};
}
void read(StepUndone& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), o["reason"].toString(), stepResultFromJson(o["result"].toObject())};
}

QJsonObject body(const StepApproved& e)
{
    QJsonObject object;
    e.consent.addTo(object);
    return object;
}
void read(StepApproved& e, const QJsonObject& o)
{
    e.consent = SignedStatement::fromBody(o).value_or(SignedStatement());
}

QJsonObject body(const VerificationStarted& e)
{
    return {{"attempt", e.attempt}, {"executor", toJson(e.executor)}};
}
void read(VerificationStarted& e, const QJsonObject& o)
{
    e = {o["attempt"].toInt(1), executorFromJson(o["executor"])};
}

QJsonObject body(const VerificationFinished& e)
{
    QJsonArray results;
    for (const auto& result : e.results) {
        results.append(toJson(result));
    }
    return {{"attempt", e.attempt}, {"results", results}, {"soak_until", rc::toJson(e.soakUntil)}};
}
void read(VerificationFinished& e, const QJsonObject& o)
{
    e.attempt = o["attempt"].toInt(1);
    e.soakUntil = timeFromJson(o["soak_until"]);
    for (const auto& result : o["results"].toArray()) {
        e.results.append(verificationResultFromJson(result.toObject()));
    }
}

QJsonObject body(const VerificationCancelled& e)
{
    return {{"attempt", e.attempt}};
}
void read(VerificationCancelled& e, const QJsonObject& o)
{
    e.attempt = o["attempt"].toInt(1);
}

QJsonObject body(const PlanDeclared& e)
{
    QJsonObject object;
    e.declaration.addTo(object);
    return object;
}
void read(PlanDeclared& e, const QJsonObject& o)
{
    e.declaration = SignedStatement::fromBody(o).value_or(SignedStatement());
}

QJsonObject body(const BranchHeld& e)
{
    return {{"step", e.step.text()}, {"reason", e.reason}};
}
void read(BranchHeld& e, const QJsonObject& o)
{
    e = {StepId(o["step"].toString()), o["reason"].toString()};
}

QJsonObject body(const BranchReleased& e)
{
    QJsonObject object;
    object.insert("step", e.step.text());
    return object;
}
void read(BranchReleased& e, const QJsonObject& o)
{
    e.step = StepId(o["step"].toString());
}

QJsonObject body(const PlanHandedOver& e)
{
    return {{"to", e.to.text()}, {"note", e.note}, {"sheet", e.sheet}};
}
void read(PlanHandedOver& e, const QJsonObject& o)
{
    e = {OperatorId(o["to"].toString()), o["note"].toString(), o["sheet"].toString()};
}

QJsonObject body(const NoteAdded& e)
{
    return {{"text", e.text}};
}
void read(NoteAdded& e, const QJsonObject& o)
{
    e.text = o["text"].toString();
}

template <std::size_t I = 0>
Result<PlanEvent> readKind(const QString& kind, const QJsonObject& object)
{
    if constexpr (I < std::variant_size_v<PlanEvent>) {
        using Event = std::variant_alternative_t<I, PlanEvent>;
        if (kind == Event::kind) {
            Event event;
            read(event, object);
            return event;
        }
        return readKind<I + 1>(kind, object);
    } else {
        return fail(ErrorCode::StoreError, QString("'%1' is not an event of a plan.").arg(kind));
    }
}

} // namespace

QString kindOf(const PlanEvent& event)
{
    return std::visit([](const auto& e) { return QString(e.kind); }, event);
}

QJsonObject bodyOf(const PlanEvent& event)
{
    return std::visit([](const auto& e) { return body(e); }, event);
}

Result<PlanEvent> planEventFrom(const QString& kind, const QJsonObject& object)
{
    return readKind(kind, object);
}

} // namespace rc
