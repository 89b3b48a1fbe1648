// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/plan_answer.h"
#include "app/ctl/text.h"
#include "backend/documents/durations.h"
#include "backend/documents/json_file.h"
#include "backend/platform/terminal.h"
#include "backend/recovery/clock_flags.h"
#include "backend/recovery/live_lines.h"
#include "backend/recovery/plan_preview.h"
#include "backend/recovery/waiting_claims.h"
#include "model/plan/schedule.h"
#include "model/procedure/parameters.h"

namespace rc::ctl {
namespace {

/// The option that mends what is wrong with the parameters.
QString optionFor(const QList<ParameterDeclaration>& declared, const QJsonObject& given)
{
    QStringList options;
    for (const auto& one : declared) {
        QJsonObject own;
        if (given.contains(one.id)) {
            own.insert(one.id, given[one.id]);
        }
        if (!typedParameters({one}, own)) {
            return QString("Give it as --param %1=VALUE.").arg(one.id);
        }
        options.append(QString("--param %1=VALUE").arg(one.id));
    }
    return options.isEmpty() ? QString("It takes no --param.") : "It takes " + options.join(", ") + ".";
}

} // namespace

QCoro::Task<Result<Plan>>
workOn(Invocation call, PlanId id, Trial trial,
       std::function<QCoro::Task<Result<Plan>>(PlanRunner& runner, SecurityContext context)> work)
{
    const auto context = call.desk.signIn();
    if (!context) {
        co_return std::unexpected(context.error());
    }
    const auto runner = call.desk.runner();
    if (!runner) {
        co_return std::unexpected(runner.error());
    }
    const auto plan = call.desk.recovery().plan(id);
    const Status may = plan && trial ? trial(*plan, context->actor(), call.desk.journal().now()) : Status();
    if (plan && trial && (may || may.error().code != ErrorCode::PermissionDenied)) {
        const auto inventory = call.desk.recovery().pinnedInventory(*plan);
        if (!inventory) {
            co_return std::unexpected(inventory.error());
        }
        const Status running = co_await call.desk.ensureSupervisor(*inventory);
        if (!running) {
            co_return std::unexpected(running.error());
        }
    }
    // Whoever looks at the plan elsewhere hears it too.
    auto& operation = call.desk.operation();
    operation.progress = [id, say = operation.progress, lines = LiveLines(call.desk.home())](const QString& line) {
        lines.say(id, {systemTime(), line});
        say(line);
    };
    const Result<Plan> done = co_await work(**runner, *context);
    co_return done;
}

Status confirmCrossing(const Invocation& call, const Plan& plan, const QList<StepId>& steps)
{
    if (call.desk.options().json || !isTerminal(0)) {
        return {};
    }
    for (const auto& id : steps) {
        const auto index = plan.indexOf(id);
        const auto parameters = plan.parametersFor(index, StepAct::Run);
        const auto answer = askOnTerminal(
            QString("Behind step '%1' there is no way back: neither it nor what was done before it can be "
                    "undone then.\nIt will use: %2\nType %3 to go on: ")
                .arg(plan.procedure.steps[index].name,
                     parameters ? plain(*parameters) : QString("what is not settled yet"), id.text()));
        if (!answer) {
            return std::unexpected(answer.error());
        }
        if (*answer != id.text()) {
            return fail(ErrorCode::Cancelled, "It was not confirmed; nothing was started.");
        }
    }
    return {};
}

namespace {

QJsonObject describe(Desk& desk, const Plan& seen)
{
    auto json = withClaims(desk, seen);
    if (const auto flags = clockFlagsOf(desk.journal(), seen)) {
        json["clock"] = toJson(*flags);
    }
    return json;
}

Answer answerFrom(const Desk& desk, const QJsonObject& json, int exit)
{
    return {json, desk.options().json ? QString() : planText(json), exit};
}

} // namespace

Answer answerOf(Desk& desk, const Plan& plan)
{
    const auto seen = asSeenNow(plan, desk.home());
    const bool failed =
        seen.status == PlanStatus::VerificationFailed || std::ranges::any_of(seen.steps, [](const StepRecord& record) {
            return record.progress == StepProgress::Failed;
        });
    return answerFrom(desk, describe(desk, seen), failed ? 1 : 0);
}

Reply replyOf(Desk& desk, const Result<Plan>& plan)
{
    return plan ? Reply(answerOf(desk, *plan)) : std::unexpected(plan.error());
}

QJsonObject withClaims(Desk& desk, const Plan& plan)
{
    const Timestamp now = desk.journal().now();
    const auto estimates = desk.recovery().estimates(plan);
    auto json = estimates ? toJson(plan, scheduleOf(plan, *estimates, now), now) : toJson(plan, now);
    const auto reasons = waitingClaims(desk.journal(), desk.recovery(), plan, [&desk](const Inventory& inventory) {
        return std::make_unique<NetworkToolbox>(desk.journal(), inventory);
    });
    auto steps = json["steps"].toArray();
    for (qsizetype i = 0; reasons && i < reasons->size(); ++i) {
        if ((*reasons)[i].isEmpty()) {
            continue;
        }
        auto step = steps[i].toObject();
        auto waiting = step["waiting_for"].toArray();
        for (const auto& reason : (*reasons)[i]) {
            waiting.append(reason);
        }
        step["waiting_for"] = waiting;
        steps[i] = step;
    }
    json["steps"] = steps;
    return json;
}

Result<StartRequest> requestFrom(const Invocation& call)
{
    const auto parameters = keyValueOption(call, "param");
    if (!parameters) {
        return std::unexpected(parameters.error());
    }
    const auto version = numberOption(call, "version", 1);
    if (!version) {
        return std::unexpected(version.error());
    }
    StartRequest request;
    request.incident = IncidentId(call.argument(0));
    request.procedure = ProcedureId(call.argument(1));
    if (*version) {
        request.version = int(**version);
    }
    request.parameters = *parameters;
    return request;
}

Error withOption(Desk& desk, const StartRequest& request, Error error)
{
    const auto document = desk.procedures().find(request.procedure, request.version);
    if (!document) {
        return error;
    }
    const auto& declared = document->procedure.parameters;
    const auto typed = typedParameters(declared, request.parameters);
    if (!typed && typed.error().message == error.message) {
        const QString end(error.message.endsWith('.') ? QLatin1StringView(" ") : QLatin1StringView(". "));
        error.message += end + optionFor(declared, request.parameters);
    }
    return error;
}

namespace {

Reply start(const Invocation& call)
{
    auto request = requestFrom(call);
    if (!request) {
        return std::unexpected(request.error());
    }
    request->planHash = call.value("plan-hash");
    if (call.has("dry-run")) {
        const auto dryRun = readJsonFile(call.value("dry-run"));
        if (!dryRun) {
            return std::unexpected(dryRun.error());
        }
        request->dryRun = *dryRun;
    }
    request->rehearsal = call.has("rehearsal");
    request->overrideReason = call.value("override");
    const auto inventory = call.desk.inventory();
    if (!inventory) {
        return std::unexpected(inventory.error());
    }
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    const auto plan = call.desk.recovery().startRecovery(*context, *request, *inventory);
    return plan ? replyOf(call.desk, plan) : std::unexpected(withOption(call.desk, *request, plan.error()));
}

Reply list(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto summaries = call.desk.recovery().store().list();
    if (!summaries) {
        return std::unexpected(summaries.error());
    }
    QJsonArray json;
    QList<QStringList> rows;
    for (const auto& summary : *summaries) {
        auto status = summary.status;
        if (status != PlanStatus::Completed && status != PlanStatus::Aborted) {
            const auto plan = call.desk.recovery().plan(summary.id);
            if (!plan) {
                return std::unexpected(plan.error());
            }
            status = plan->status;
        }
        json.append(QJsonObject{{"id", summary.id.text()},
                                {"incident_id", summary.incident.text()},
                                {"procedure_id", summary.procedure.text()},
                                {"status", QString(idOf(status))},
                                {"started_at", toRfc3339(summary.startedAt)},
                                {"started_by", summary.startedBy.text()}});
        rows.append({summary.id.text(), summary.incident.text(), summary.procedure.text(), idOf(status),
                     toRfc3339(summary.startedAt), summary.startedBy.text()});
    }
    return Answer{json, table({"PLAN", "INCIDENT", "PROCEDURE", "STATUS", "STARTED", "BY"}, rows)};
}

Reply show(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto plan = call.desk.recovery().plan(PlanId(call.argument(0)));
    if (!plan) {
        return std::unexpected(plan.error());
    }
    // Looking succeeds, whatever there is to see.
    const auto json = describe(call.desk, asSeenNow(*plan, call.desk.home()));
    return answerFrom(call.desk, EvidenceStore(call.desk.home()).withStates(json), 0);
}

QCoro::Task<Reply> run(Invocation call)
{
    const PlanId id(call.argument(0));
    Arming arming{.steps = {}, .takeOverReason = call.value("take-over"), .crossing = {}};
    for (const auto& step : call.values("branch")) {
        arming.steps.append(StepId(step));
    }
    const auto signedIn = call.desk.signIn();
    if (!signedIn) {
        co_return std::unexpected(signedIn.error());
    }
    // A plan that cannot be read is told of by the work itself.
    if (const auto plan = call.desk.recovery().plan(id)) {
        arming.crossing = crossable(*plan, signedIn->actor(), call.desk.journal().now(), arming.steps);
        if (const auto confirmed = confirmCrossing(call, *plan, arming.crossing); !confirmed) {
            co_return std::unexpected(confirmed.error());
        }
    }
    auto working = workOn(call, id, trialOf(ArmPlan{}), [=](PlanRunner& runner, SecurityContext context) {
        return runner.runPlan(context, id, call.desk.operation(), arming);
    });
    const Result<Plan> plan = co_await working;
    if (!plan) {
        co_return std::unexpected(plan.error());
    }
    co_return withUnstarted(answerOf(call.desk, *plan), *plan, signedIn->actor(), call.desk.journal().now(),
                            arming.steps);
}

QCoro::Task<Reply> verify(Invocation call)
{
    const PlanId id(call.argument(0));
    auto working = workOn(call, id, {}, [=](PlanRunner& runner, SecurityContext context) {
        return runner.verify(context, id, call.desk.operation());
    });
    const Result<Plan> plan = co_await working;
    co_return replyOf(call.desk, plan);
}

QCoro::Task<Reply> declare(Invocation call)
{
    const auto patience = numberOption(call, "wait", 0);
    if (!patience) {
        co_return std::unexpected(patience.error());
    }
    const PlanId id(call.argument(0));
    const std::chrono::seconds longest(patience->value_or(60));
    auto working = workOn(call, id, {}, [=](PlanRunner& runner, SecurityContext context) {
        return runner.declare(context, id, call.desk.operation(), longest);
    });
    const Result<Plan> plan = co_await working;
    co_return replyOf(call.desk, plan);
}

template <class Make>
std::function<QCoro::Task<Reply>(Invocation)> acting(Make make)
{
    return immediate([make](const Invocation& call) -> Reply {
        const auto context = call.desk.signIn();
        if (!context) {
            return std::unexpected(context.error());
        }
        auto reply = replyOf(call.desk, call.desk.recovery().act(*context, PlanId(call.argument(0)), make(call)));
        if (reply) {
            reply->exit = 0;
        }
        return reply;
    });
}

QString etaText(const QJsonObject& json, Timestamp now)
{
    const auto eta = timeFromJson(json["eta"]);
    if (!eta) {
        return "This plan has no end to expect.\n";
    }
    const auto ahead = json["ahead"].toObject();
    QString text = QString("%1%2, in %3")
                       .arg(json["without_estimate"].toInt() > 0 ? QString("At the earliest ") : QString(),
                            toRfc3339(*eta), duration((*eta - now).count()));
    if (const auto margin = json["margin_ms"]; margin.isDouble()) {
        text += margin.toInteger() < 0 ? QString("; %1 after the RTO").arg(duration(-margin.toInteger()))
                                       : QString("; %1 before the RTO").arg(duration(margin.toInteger()));
    }
    text += QString(".\nOf that %1 machines, %2 people, %3 waiting for people, %4 verification, %5 soak.\n")
                .arg(duration(ahead["machine_ms"].toInteger()), duration(ahead["people_ms"].toInteger()),
                     duration(ahead["waiting_ms"].toInteger()), duration(ahead["verification_ms"].toInteger()),
                     duration(ahead["soak_ms"].toInteger()));
    text += QString("Decided by: %1\n").arg(plain(json["critical_path"]));
    for (const QJsonValue step : json["steps"].toArray()) {
        if (step["critical"].toBool() && step["queued_behind"].isString()) {
            text += QString("  %1 waits %2 until %3 has ended, for its place or a system\n")
                        .arg(step["id"].toString(), duration(step["queued_ms"].toInteger()),
                             step["queued_behind"].toString());
        }
        if (step["flag"].isString()) {
            text += QString("  %1 %2\n").arg(step["id"].toString(), step["flag_because"].toString());
        }
    }
    if (json.contains("eta_moves_ms")) {
        const auto moves = json["eta_moves_ms"].toInteger();
        text += moves == 0  ? QString("The end does not move.\n")
                : moves > 0 ? QString("The end is %1 later.\n").arg(duration(moves))
                            : QString("The end is %1 earlier.\n").arg(duration(-moves));
    }
    return text;
}

Reply eta(const Invocation& call)
{
    const auto extra = stepDurations(call, "what-if");
    if (!extra) {
        return std::unexpected(extra.error());
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto plan = call.desk.recovery().plan(PlanId(call.argument(0)));
    const auto estimates = plan ? call.desk.recovery().estimates(*plan) : std::unexpected(plan.error());
    if (!estimates) {
        return std::unexpected(estimates.error());
    }
    const Timestamp now = call.desk.journal().now();
    if (extra->isEmpty()) {
        const auto json = toJson(scheduleOf(*plan, *estimates, now));
        return Answer{json, etaText(json, now)};
    }
    const auto answer = whatIf(*plan, *estimates, now, *extra);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const auto json = toJson(*answer);
    return Answer{json, etaText(json, now)};
}

/// With a step: that branch alone; without: the plan.
Reply pausing(const Invocation& call)
{
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    const PlanId id(call.argument(0));
    auto& recovery = call.desk.recovery();
    auto reply = replyOf(call.desk,
                         call.has("step")
                             ? recovery.act(*context, id, HoldBranch{StepId(call.value("step")), call.value("reason")})
                             : recovery.act(*context, id, PausePlan{call.value("reason")}));
    if (reply) {
        reply->exit = 0;
    }
    return reply;
}

Reply resuming(const Invocation& call)
{
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    const PlanId id(call.argument(0));
    auto& recovery = call.desk.recovery();
    auto reply =
        replyOf(call.desk, call.has("step") ? recovery.act(*context, id, ReleaseBranch{StepId(call.value("step"))})
                                            : recovery.act(*context, id, ResumePlan{}));
    if (reply) {
        reply->exit = 0;
    }
    return reply;
}

} // namespace

QList<Command> planCommands()
{
    const QCommandLineOption param("param", "A parameter of the procedure; may be given several times.", "NAME=VALUE");
    const QCommandLineOption version("version", "A version of the procedure (the newest, if not said).", "N");
    const QCommandLineOption reason("reason", "Why.", "TEXT");
    const QCommandLineOption branch("step", "This step and what comes after it.", "STEP");
    return {
        {"plan dry-run",
         "INCIDENT PROCEDURE",
         "Shows what a plan would change, with its hash; touches nothing.",
         {param, version, {"output", "Also into this file, for 'plan start --dry-run'.", "FILE"}},
         dryRunPlan},
        {"plan start",
         "INCIDENT PROCEDURE",
         "Starts a plan. Nothing runs before 'plan run' or 'plan step'.",
         {param,
          version,
          {"plan-hash", "Start only if the plan is the one of this dry run.", "HASH"},
          {"dry-run",
           "Bind the plan to this dry run: start only if it is the same, and say where a step is about to do "
           "something else.",
           "FILE"},
          {"rehearsal", "Mark it as a rehearsal."},
          {"override", "A commander's reason for starting against the rules.", "REASON"}},
         immediate(start)},
        {"plan list", "", "All plans, newest first.", {}, immediate(list)},
        {"plan show", "PLAN", "One plan with its steps.", {}, immediate(show)},
        {"plan why", "PLAN [STEP]", "What each waiting step waits for.", {}, whyPlanWaits},
        {"plan run",
         "PLAN",
         "Arms the plan: what is automated and allowed runs, up to the next manual step, approval, point of no return "
         "or failure.",
         {{"branch", "Only this step and what comes after it; may be given several times.", "STEP"},
          {"take-over", "Why the plan is taken from a console that runs it.", "REASON"}},
         run},
        {"plan pause",
         "PLAN",
         "Nothing new starts; what runs is finished. With --step: only that step and what comes after it is put off.",
         {reason, branch},
         immediate(pausing)},
        {"plan resume", "PLAN", "Ends a pause, or with --step: lets that branch go on.", {branch}, immediate(resuming)},
        {"plan abort",
         "PLAN",
         "Ends the plan for good: what runs is stopped, and what is left over is listed.",
         {reason, {"wait", "Wait up to so many seconds for what runs to stop (60).", "SECONDS"}},
         abortPlan},
        {"plan handover",
         "PLAN",
         "How the plan stands, for whoever takes it over; offers it to somebody, or takes it.",
         {{"to", "Offer the lead to this person.", "OPERATOR"},
          {"note", "What to tell them.", "TEXT"},
          {"accept", "Take the lead that was offered, or as a commander with --reason."},
          reason},
         immediate(handOverPlan)},
        {"plan leftovers",
         "PLAN",
         "What the plan has left behind, and what to do about each.",
         {},
         immediate(leftoversOfPlan)},
        {"plan eta",
         "PLAN",
         "When the plan ends, what decides that, and what is left of the RTO.",
         {{"what-if", "As if a step took so much longer (restore=20m) or shorter (restore=-5m).", "STEP=DURATION"}},
         immediate(eta)},
        {"plan verify", "PLAN", "Runs all checks of the plan.", {}, verify},
        {"plan declare",
         "PLAN",
         "Declares and signs the end, after one more look at all checks.",
         {{"wait", "Wait up to so many seconds for the soak time to end (60).", "SECONDS"}},
         declare},
        {"plan note", "PLAN TEXT", "Adds a note.", {}, acting([](const Invocation& call) {
             return AddNote{call.argument(1)};
         })},
    };
}

} // namespace rc::ctl
