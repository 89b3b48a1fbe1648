// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/options.h"
#include "app/ctl/plan_answer.h"
#include "model/plan/plan_decisions.h"

#include <QDeadlineTimer>

/// Ending a plan for good, and what is left of it then.

namespace rc::ctl {
namespace {

/// Waits until those that run steps have come to their end, and says how far it is.
QCoro::Task<Result<Plan>> awaitAborted(Desk* desk, PlanId id, Milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    QString told;
    while (true) {
        const auto plan = desk->recovery().plan(id);
        if (!plan || plan->status != PlanStatus::Aborting || deadline.hasExpired()) {
            co_return plan;
        }
        QStringList running;
        for (auto i = plan->underWay().next(0); i < plan->steps.size(); i = plan->underWay().next(i + 1)) {
            const auto& step = plan->procedure.steps.at(i);
            if (!step.isManual()) {
                running.append(step.name);
            }
        }
        if (running.join(", ") != told) {
            told = running.join(", ");
            desk->operation().progress(QString("Waiting for what runs to stop: %1").arg(told));
        }
        const bool waited = co_await pause(Milliseconds(200), desk->operation().cancel);
        if (!waited) {
            co_return plan;
        }
    }
}

QString leftoversText(const QList<Leftover>& left)
{
    if (left.isEmpty()) {
        return "Nothing is left over.\n";
    }
    QString text("Left over:\n");
    for (const auto& entry : left) {
        text += QString("  %1%2\n      %3\n")
                    .arg(entry.what, entry.system.isEmpty() ? QString() : QString(" (%1)").arg(entry.system.text()),
                         entry.cleanup);
    }
    return text;
}

QJsonArray leftoversJson(const QList<Leftover>& left)
{
    QJsonArray json;
    for (const auto& entry : left) {
        json.append(toJson(entry));
    }
    return json;
}

} // namespace

QCoro::Task<Reply> abortPlan(Invocation call)
{
    const auto wait = numberOption(call, "wait", 0);
    const auto context = call.desk.signIn();
    if (!wait || !context) {
        co_return std::unexpected(!wait ? wait.error() : context.error());
    }
    const PlanId id(call.argument(0));
    const auto runner = call.desk.runner();
    if (!runner) {
        co_return std::unexpected(runner.error());
    }
    const Result<AbortedPlan> begun = co_await (*runner)->abort(*context, id, call.value("reason"));
    if (!begun) {
        co_return std::unexpected(begun.error());
    }
    const Result<Plan> plan = co_await awaitAborted(&call.desk, id, std::chrono::seconds(wait->value_or(60)));
    auto reply = replyOf(call.desk, plan);
    if (reply) {
        const auto left = begun->running + leftoversOf(*plan);
        auto json = reply->json.toObject();
        json["leftovers"] = leftoversJson(left);
        reply->json = json;
        reply->text += leftoversText(left);
        reply->exit = 0;
    }
    co_return reply;
}

Reply leftoversOfPlan(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto plan = call.desk.recovery().plan(PlanId(call.argument(0)));
    if (!plan) {
        return std::unexpected(plan.error());
    }
    const auto left = leftoversOf(*plan);
    return Answer{leftoversJson(left), leftoversText(left)};
}

} // namespace rc::ctl
