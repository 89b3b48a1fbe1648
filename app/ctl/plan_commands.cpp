// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/plan_answer.h"
#include "app/ctl/text.h"
#include "backend/recovery/waiting_claims.h"
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

Answer answerOf(Desk& desk, const Plan& plan)
{
    const auto seen = asSeenNow(plan, desk.home());
    const auto json = withClaims(desk, seen);
    const bool failed =
        seen.status == PlanStatus::VerificationFailed || std::ranges::any_of(seen.steps, [](const StepRecord& record) {
            return record.progress == StepProgress::Failed;
        });
    const QString text = desk.options().json ? QString() : planText(json);
    return {json, text, failed ? 1 : 0};
}

Reply replyOf(Desk& desk, const Result<Plan>& plan)
{
    return plan ? Reply(answerOf(desk, *plan)) : std::unexpected(plan.error());
}

QJsonObject withClaims(Desk& desk, const Plan& plan)
{
    auto json = toJson(plan, desk.journal().now());
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
    auto reply = replyOf(call.desk, call.desk.recovery().plan(PlanId(call.argument(0))));
    if (reply) {
        reply->exit = 0; // Looking succeeded, whatever there was to see.
    }
    return reply;
}

Reply why(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto plan = call.desk.recovery().plan(PlanId(call.argument(0)));
    if (!plan) {
        return std::unexpected(plan.error());
    }
    const QString wanted = call.argument(1);
    if (!wanted.isEmpty() && plan->indexOf(StepId(wanted)) < 0) {
        return fail(ErrorCode::NotFound, QString("Plan %1 has no step '%2'.").arg(call.argument(0), wanted));
    }
    QJsonArray json;
    QString text;
    const auto described = withClaims(call.desk, *plan);
    for (const QJsonValue step : described["steps"].toArray()) {
        const auto reasons = step["waiting_for"].toArray();
        if ((wanted.isEmpty() && reasons.isEmpty()) || (!wanted.isEmpty() && step["id"].toString() != wanted)) {
            continue;
        }
        json.append(QJsonObject{{"id", step["id"]}, {"state", step["state"]}, {"waiting_for", reasons}});
        text += QString("%1 (%2): %3\n").arg(step["id"].toString(), step["state"].toString(), plain(reasons));
    }
    return Answer{json, text.isEmpty() ? QString("Nothing waits.") : text};
}

QCoro::Task<Reply> run(Invocation call)
{
    const auto context = call.desk.signIn();
    if (!context) {
        co_return std::unexpected(context.error());
    }
    const auto runner = call.desk.runner();
    if (!runner) {
        co_return std::unexpected(runner.error());
    }
    const PlanId id(call.argument(0));
    auto ensuring = ensureSupervisor(&call.desk, *context, id, ArmPlan{});
    const Status supervisor = co_await ensuring;
    if (!supervisor) {
        co_return std::unexpected(supervisor.error());
    }
    const Result<Plan> plan = co_await (*runner)->runPlan(*context, PlanId(call.argument(0)), call.desk.operation());
    co_return replyOf(call.desk, plan);
}

QCoro::Task<Reply> verify(Invocation call)
{
    const auto context = call.desk.signIn();
    if (!context) {
        co_return std::unexpected(context.error());
    }
    const auto runner = call.desk.runner();
    if (!runner) {
        co_return std::unexpected(runner.error());
    }
    const Result<Plan> plan = co_await (*runner)->verify(*context, PlanId(call.argument(0)), call.desk.operation());
    co_return replyOf(call.desk, plan);
}

QCoro::Task<Reply> declare(Invocation call)
{
    const auto patience = numberOption(call, "wait", 0);
    if (!patience) {
        co_return std::unexpected(patience.error());
    }
    const auto context = call.desk.signIn();
    if (!context) {
        co_return std::unexpected(context.error());
    }
    const auto runner = call.desk.runner();
    if (!runner) {
        co_return std::unexpected(runner.error());
    }
    const Result<Plan> plan = co_await (*runner)->declare(*context, PlanId(call.argument(0)), call.desk.operation(),
                                                          std::chrono::seconds(patience->value_or(60)));
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

Reply abort(const Invocation& call)
{
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    auto reply =
        replyOf(call.desk, call.desk.recovery().abort(*context, PlanId(call.argument(0)), call.value("reason")));
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
    return {
        {"plan dry-run",
         "INCIDENT PROCEDURE",
         "Shows what a plan would change, with its hash; touches nothing.",
         {param, version},
         dryRunPlan},
        {"plan start",
         "INCIDENT PROCEDURE",
         "Starts a plan. Nothing runs before 'plan run' or 'plan step'.",
         {param,
          version,
          {"plan-hash", "Start only if the plan is the one of this dry run.", "HASH"},
          {"rehearsal", "Mark it as a rehearsal."},
          {"override", "A commander's reason for starting against the rules.", "REASON"}},
         immediate(start)},
        {"plan list", "", "All plans, newest first.", {}, immediate(list)},
        {"plan show", "PLAN", "One plan with its steps.", {}, immediate(show)},
        {"plan why", "PLAN [STEP]", "What each waiting step waits for.", {}, immediate(why)},
        {"plan run",
         "PLAN",
         "Arms the plan: what is automated and allowed runs, up to the next manual step, approval or failure.",
         {},
         run},
        {"plan pause",
         "PLAN",
         "Nothing new starts; what runs is finished.",
         {reason},
         acting([](const Invocation& call) { return PausePlan{call.value("reason")}; })},
        {"plan resume", "PLAN", "Ends a pause.", {}, acting([](const Invocation&) { return ResumePlan{}; })},
        {"plan abort", "PLAN", "Ends the plan for good, with the reason.", {reason}, immediate(abort)},
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
