// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/plan_answer.h"
#include "backend/documents/json_file.h"
#include "backend/recovery/offline_approval.h"

namespace rc::ctl {
namespace {

Reply forStep(const Invocation& call, const std::function<Result<Plan>(const SecurityContext&)>& act)
{
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    auto reply = replyOf(call.desk, act(*context));
    if (reply) {
        reply->exit = 0; // The act itself was done, whatever stands in the plan beside it.
    }
    return reply;
}

/// What was given for a piece of evidence that a step wants: by its name, or the only one of that kind without it.
struct Given
{
    QString id;
    QString value;
};

Given namedEvidence(const Step* step, const QString& text, bool isFile)
{
    QList<QString> fitting;
    for (const auto& wanted : step ? step->evidence : QList<EvidenceRequirement>()) {
        if ((wanted.kind == EvidenceKind::File) != isFile) {
            continue;
        }
        if (text.startsWith(wanted.id + "=")) {
            return {wanted.id, text.mid(wanted.id.size() + 1)};
        }
        fitting.append(wanted.id);
    }
    return {fitting.size() == 1 ? fitting.first() : QString(), text};
}

QString kindOf(const Step* step, const QString& id)
{
    for (const auto& wanted : step ? step->evidence : QList<EvidenceRequirement>()) {
        if (wanted.id == id) {
            return idOf(wanted.kind);
        }
    }
    return idOf(EvidenceKind::Figure);
}

QJsonArray valuesFrom(const Invocation& call, const Step* step)
{
    QJsonArray evidence;
    const auto values = call.values("value");
    for (const auto& value : values) {
        const auto given = namedEvidence(step, value, false);
        QJsonObject entry{{"kind", kindOf(step, given.id)}, {"value", given.value}};
        if (!given.id.isEmpty()) {
            entry.insert("id", given.id);
        }
        evidence.append(entry);
    }
    return evidence;
}

Reply complete(const Invocation& call, bool success)
{
    return forStep(call, [&](const SecurityContext& context) -> Result<Plan> {
        const PlanId id(call.argument(0));
        auto& recovery = call.desk.recovery();
        const auto plan = recovery.plan(id);
        const auto fields = typedValueOption(call, "result");
        if (!plan || !fields) {
            return std::unexpected(!plan ? plan.error() : fields.error());
        }
        const auto index = plan->indexOf(StepId(call.argument(1)));
        const Step* const step = index < 0 ? nullptr : &plan->procedure.steps[index];
        QList<EvidenceFile> files;
        for (const auto& file : call.values("evidence")) {
            const auto given = namedEvidence(step, file, true);
            files.append({given.id, given.value});
        }
        CompleteStep command;
        command.step = StepId(call.argument(1));
        command.note = call.has("note") ? call.value("note") : call.value("reason");
        command.evidence = valuesFrom(call, step);
        command.result = {success, command.note, *fields, {}, call.desk.journal().now()};
        return recovery.completeRecoveryStep(context, id, command, files);
    });
}

/// Exit 1 if the step has not come to where it was to come.
Reply replyAbout(const Invocation& call, const Result<Plan>& plan, const std::function<bool(StepProgress)>& isGood)
{
    auto reply = replyOf(call.desk, plan);
    if (reply) {
        const auto index = plan->indexOf(StepId(call.argument(1)));
        reply->exit = index < 0 || isGood(plan->steps[index].progress) ? 0 : 1;
    }
    return reply;
}

QCoro::Task<Reply> runStep(Invocation call)
{
    const PlanId id(call.argument(0));
    const StepId step(call.argument(1));
    if (const auto context = call.desk.signIn(); !context) {
        co_return std::unexpected(context.error());
    }
    if (const auto seen = call.desk.recovery().plan(id)) {
        const auto index = seen->indexOf(step);
        const bool asks = index >= 0 && seen->isPointOfNoReturn(index) && !seen->procedure.steps[index].isManual();
        if (const auto confirmed = confirmCrossing(call, *seen, asks ? QList{step} : QList<StepId>()); !confirmed) {
            co_return std::unexpected(confirmed.error());
        }
    }
    auto working = workOn(call, id, trialOf(StartStep{step, {}, {}}), [=](PlanRunner& runner, SecurityContext context) {
        return runner.runStep(context, id, step, call.desk.operation());
    });
    const Result<Plan> plan = co_await working;
    co_return replyAbout(call, plan, [](StepProgress progress) { return progress != StepProgress::Failed; });
}

QCoro::Task<Reply> undoStep(Invocation call)
{
    const PlanId id(call.argument(0));
    const StepId step(call.argument(1));
    const QString reason = call.value("reason");
    auto working =
        workOn(call, id, trialOf(UndoStep{step, {}, {}, reason}), [=](PlanRunner& runner, SecurityContext context) {
            return runner.undoStep(context, id, step, reason, call.desk.operation());
        });
    const Result<Plan> plan = co_await working;
    co_return replyAbout(call, plan, [](StepProgress progress) { return progress == StepProgress::Undone; });
}

QCoro::Task<Reply> step(Invocation call)
{
    const QString verb = call.argument(2);
    const PlanId plan(call.argument(0));
    const StepId id(call.argument(1));
    if (verb == "run") {
        co_return co_await runStep(call);
    }
    if (verb == "done") {
        co_return complete(call, true);
    }
    if (verb == "fail") {
        co_return complete(call, false);
    }
    if (verb == "skip") {
        co_return forStep(call, [&](const SecurityContext& context) {
            return call.desk.recovery().act(context, plan, SkipStep{id, call.value("reason")});
        });
    }
    if (verb == "retry") {
        co_return forStep(call, [&](const SecurityContext& context) {
            return call.desk.recovery().retryStep(context, plan, RetryStep{id, call.value("reason")});
        });
    }
    if (verb == "undo") {
        co_return co_await undoStep(call);
    }
    if (verb == "cancel") {
        co_return forStep(call, [&](const SecurityContext& context) {
            return call.desk.recovery().act(context, plan, CancelStep{id, call.value("reason")});
        });
    }
    co_return fail(ErrorCode::InvalidInput,
                   QString("'%1' is not something to do with a step; expected run, done, fail, skip, retry, undo or "
                           "cancel.")
                       .arg(verb));
}

Result<StepAct> actOf(const Invocation& call)
{
    if (call.has("undo") && call.has("skip")) {
        return fail(ErrorCode::InvalidInput, "Either undoing the step is approved, or doing without it; not both.");
    }
    return call.has("undo") ? StepAct::Undo : call.has("skip") ? StepAct::Skip : StepAct::Run;
}

/// For a person who has their key and nothing else of this store.
Reply exportRequest(const Invocation& call, StepAct act)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto plan = call.desk.recovery().plan(PlanId(call.argument(0)));
    if (!plan) {
        return std::unexpected(plan.error());
    }
    const auto request = approvalRequest(*plan, StepId(call.argument(1)), act, call.desk.journal().now());
    if (!request) {
        return std::unexpected(request.error());
    }
    const QString file = call.value("export-request");
    if (const auto written = writeNewFile(file, QJsonDocument(*request).toJson()); !written) {
        return std::unexpected(written.error());
    }
    return Answer{*request,
                  approvalRequestText(*request) +
                      QString("\nTo be signed with: recoveryctl --as ID approval sign %1 --output FILE\n").arg(file)};
}

Reply approve(const Invocation& call)
{
    const PlanId plan(call.argument(0));
    const StepId step(call.argument(1));
    if (call.has("export-request") && call.has("import")) {
        return fail(ErrorCode::InvalidInput, "Either a request is exported, or an approval imported; not both.");
    }
    const auto act = actOf(call);
    if (!act) {
        return std::unexpected(act.error());
    }
    if (call.has("export-request")) {
        return exportRequest(call, *act);
    }
    if (call.has("import")) {
        const auto file = readJsonFile(call.value("import"));
        const auto consent = file ? approvalFromFile(*file) : std::unexpected(file.error());
        if (!consent) {
            return std::unexpected(consent.error());
        }
        return forStep(call, [&](const SecurityContext& context) {
            return call.desk.recovery().importApproval(context, plan, step, *consent);
        });
    }
    return forStep(call, [&](const SecurityContext& context) {
        return call.desk.recovery().approveStep(context, plan, step, *act);
    });
}

/// Where there is no store: a key file, a passphrase, and the request.
Reply signRequest(const Invocation& call)
{
    const auto request = readJsonFile(call.argument(0));
    if (!request) {
        return std::unexpected(request.error());
    }
    if (const auto sound = checkApprovalRequest(*request); !sound) {
        return std::unexpected(sound.error());
    }
    const OperatorId who(call.desk.named());
    if (who.isEmpty() || !call.has("output")) {
        return fail(ErrorCode::InvalidInput, "Who signs (--as ID), and into which file (--output FILE)?");
    }
    const auto roles = enumsFromJson<Role>((*request)["roles"]);
    const auto role = call.has("role")  ? enumOption<Role>(call, "role")
                      : roles.isEmpty() ? Result<Role>(fail(ErrorCode::InvalidInput, "The request names no role."))
                                        : Result<Role>(roles.first());
    const QString keyFile =
        call.has("key") ? call.value("key") : QString("%1/keys/operators/%2.key").arg(call.desk.home(), who.text());
    const auto file = readJsonFile(keyFile);
    const auto sealed = file ? SealedKey::fromJson(*file) : std::unexpected(file.error());
    if (!role || !sealed) {
        return std::unexpected(!role ? role.error() : sealed.error());
    }
    const auto passphrase = call.desk.passphrase();
    const auto key = passphrase ? sealed->unseal(*passphrase) : std::unexpected(passphrase.error());
    if (!key) {
        return std::unexpected(key.error());
    }
    const auto consent = signApproval(*request, *key, who, *role, systemTime());
    if (!consent) {
        return std::unexpected(consent.error());
    }
    const auto answer = approvalFile(*consent);
    if (const auto written = writeNewFile(call.value("output"), QJsonDocument(answer).toJson()); !written) {
        return std::unexpected(written.error());
    }
    return Answer{answer, approvalRequestText(*request) + QString("\nSigned by %1 as %2, into %3. It is good for eight "
                                                                  "hours.\n")
                                                              .arg(who.text(), idOf(*role), call.value("output"))};
}

Reply showRequest(const Invocation& call)
{
    const auto request = readJsonFile(call.argument(0));
    const auto sound = request ? checkApprovalRequest(*request) : std::unexpected(request.error());
    if (!sound) {
        return std::unexpected(sound.error());
    }
    return Answer{*request, approvalRequestText(*request)};
}

} // namespace

QList<Command> stepCommands()
{
    return {
        {"plan step",
         "PLAN STEP run|done|fail|skip|retry|undo|cancel",
         "Runs an automated step and waits for its outcome; ticks, fails, skips, retries or undoes one, or stops one "
         "that "
         "runs.",
         {{"note", "What was done and seen.", "TEXT"},
          {"evidence",
           "A file that proves it; where the step wants several, with the name of the one it is. May be "
           "given several times.",
           "[NAME=]FILE"},
          {"value", "A figure, hash or text that proves it; likewise.", "[NAME=]X"},
          {"result", "A result that later steps refer to; numbers are numbers unless in quotes.", "NAME=VALUE"},
          {"reason", "Why, for skip, retry, undo and cancel.", "TEXT"}},
         step},
        {"plan approve",
         "PLAN STEP",
         "Consents to the exact action that waits, as a second person, or brings in consent that was signed elsewhere.",
         {{"undo", "To undoing the step."},
          {"skip", "To doing without the step."},
          {"export-request", "Write what is to be signed elsewhere into this file.", "FILE"},
          {"import", "A signed approval.", "FILE"}},
         immediate(approve)},
        {"approval show", "REQUEST", "What a request is about. Needs no store.", {}, immediate(showRequest)},
        {"approval sign",
         "REQUEST",
         "Signs a request with the key of --as. Needs no store: the key file and its passphrase do.",
         {{"key", "The key file (HOME/keys/operators/ID.key).", "FILE"},
          {"role", "In which of the roles that are wanted.", "ROLE"},
          {"output", "Where the signed approval goes.", "FILE"}},
         immediate(signRequest)},
    };
}

} // namespace rc::ctl
