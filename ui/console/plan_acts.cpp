// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/plan_view_model.h"
#include "ui/console/report_writing.h"
#include "ui/words/words.h"

#include <algorithm>

/// What people do with a plan: each act goes to the engine, and the plan comes back as the store tells it.

namespace rc::ui {
namespace {

bool isAtWorkHere(const ShownPlan& shown)
{
    return shown.runsHere;
}

bool isEnding(const ShownPlan& shown)
{
    return shown.plan.status == PlanStatus::Aborting || !shown.plan.isOpen();
}

/// The step is at work, to this end.
auto isAt(const StepId& step, StepAct act)
{
    return [step, act](const ShownPlan& shown) {
        const auto index = shown.plan.indexOf(step);
        return index >= 0 && shown.plan.steps[index].progress == StepProgress::Running &&
               shown.plan.steps[index].act == act;
    };
}

} // namespace

int PlanViewModel::await(QFuture<Result<Plan>> answer, const Begun& begun)
{
    const int act = ++m_lastAct;
    m_sent.append({act, m_id, begun, m_choices});
    ++m_busy[m_id];
    m_trouble.clear();
    Q_EMIT changed();
    answer.then(this, [this, act, id = m_id](const Result<Plan>& plan) {
        // It may be there before this function returns: whoever asked has to know the number of the act first.
        const auto refusal = plan ? QString() : plan.error().message;
        QMetaObject::invokeMethod(this, [this, act, id, refusal] { end(act, id, refusal); }, Qt::QueuedConnection);
    });
    return act;
}

void PlanViewModel::end(int act, const PlanId& plan, const QString& refusal)
{
    if (plan == m_id && !refusal.isEmpty()) {
        m_trouble = refusal;
    }
    settle(act, refusal);
    refresh();
}

int PlanViewModel::refuse(const QString& sentence)
{
    const int act = ++m_lastAct;
    m_trouble = sentence;
    Q_EMIT changed();
    // As everything is answered: once whoever asked knows its number.
    QMetaObject::invokeMethod(this, [this, act, sentence] { Q_EMIT answered(act, sentence); }, Qt::QueuedConnection);
    return act;
}

void PlanViewModel::settle(int act, const QString& refusal)
{
    const auto found = std::ranges::find(m_sent, act, &Sent::act);
    if (found == m_sent.end()) {
        return; // it was said when its work began
    }
    const auto sent = m_sent.takeAt(found - m_sent.begin());
    --m_busy[sent.plan];
    if (refusal.isEmpty() && sent.plan == m_id && sent.choices == m_choices) {
        // Whoever has acted looks at what comes next, unless they have chosen something else meanwhile.
        m_chosen = false;
    }
    Q_EMIT answered(act, refusal);
}

void PlanViewModel::settleWhatHasBegun()
{
    for (const auto& sent : QList(m_sent)) {
        const auto* plan = m_sight.plan(sent.plan);
        if (plan && sent.begun && sent.begun(*plan)) {
            settle(sent.act, {});
        }
    }
}

void PlanViewModel::receive(QFuture<Result<QString>> answer, QString& where)
{
    ++m_busy[m_id];
    m_trouble.clear();
    where.clear();
    Q_EMIT changed();
    answer.then(this, [this, id = m_id, &where](const Result<QString>& value) {
        --m_busy[id];
        if (id == m_id) {
            (value ? where : m_trouble) = value ? *value : value.error().message;
        }
        Q_EMIT changed();
    });
}

int PlanViewModel::run()
{
    return await(m_engine.ask([id = m_id](Engine& engine) { return engine.runPlan(id); }), isAtWorkHere);
}

int PlanViewModel::takeOver(const QString& reason)
{
    return await(m_engine.ask([id = m_id, reason](Engine& engine) { return engine.runPlan(id, {{}, reason}); }),
                 isAtWorkHere);
}

int PlanViewModel::runStep(const QString& step)
{
    return await(m_engine.ask([id = m_id, step = StepId(step)](Engine& engine) { return engine.runStep(id, step); }),
                 isAt(StepId(step), StepAct::Run));
}

int PlanViewModel::settleStep(const QString& step)
{
    return await(
        m_engine.ask([id = m_id, step = StepId(step)](Engine& engine) { return engine.settleStep(id, step); }));
}

int PlanViewModel::complete(const QString& step, bool success, const QString& note, const QStringList& brought)
{
    if (step != m_selected) {
        return refuse(QString("Nothing is recorded of step '%1': another step is looked at.").arg(step));
    }
    const auto completion = m_step.completion(success, note, brought);
    return await(m_engine.ask([id = m_id, completion](Engine& engine) {
        return engine.completeStep(id, completion.first, completion.second);
    }));
}

int PlanViewModel::retry(const QString& step, const QString& reason)
{
    const RetryStep command{StepId(step), reason};
    return await(m_engine.ask([id = m_id, command](Engine& engine) { return engine.retryStep(id, command); }));
}

int PlanViewModel::skip(const QString& step, const QString& reason)
{
    return act(SkipStep{StepId(step), reason});
}

int PlanViewModel::stopStep(const QString& step, const QString& reason)
{
    return act(CancelStep{StepId(step), reason});
}

int PlanViewModel::undo(const QString& step, const QString& reason)
{
    return await(m_engine.ask([id = m_id, step = StepId(step), reason](Engine& engine) {
        return engine.undoStep(id, step, reason);
    }),
                 isAt(StepId(step), StepAct::Undo));
}

int PlanViewModel::hold(const QString& step, const QString& reason)
{
    return act(HoldBranch{StepId(step), reason});
}

int PlanViewModel::release(const QString& step)
{
    return act(ReleaseBranch{StepId(step)});
}

int PlanViewModel::approve(const QString& step, Deed::Value deed, const QString& by, const QString& passphrase)
{
    return await(m_engine.ask([id = m_id, step = StepId(step), act = actOf(deed), who = OperatorId(by),
                               passphrase](Engine& engine) { return engine.approve(id, step, act, who, passphrase); }));
}

void PlanViewModel::exportRequest(const QString& step, Deed::Value deed)
{
    receive(m_engine.ask([id = m_id, step = StepId(step), act = actOf(deed)](Engine& engine) {
        return engine.exportApprovalRequest(id, step, act);
    }),
            m_requestPath);
}

void PlanViewModel::clearRequest()
{
    m_requestPath.clear();
    Q_EMIT changed();
}

int PlanViewModel::importApproval(const QString& step, const QString& file)
{
    return await(m_engine.ask(
        [id = m_id, step = StepId(step), file](Engine& engine) { return engine.importApproval(id, step, file); }));
}

int PlanViewModel::declareEnd()
{
    return await(m_engine.ask([id = m_id](Engine& engine) { return engine.declarePlan(id); }), isAtWorkHere);
}

int PlanViewModel::pause(const QString& reason)
{
    return act(PausePlan{reason});
}

int PlanViewModel::resume()
{
    return act(ResumePlan{});
}

int PlanViewModel::abort(const QString& reason)
{
    return await(m_engine.ask([id = m_id, reason](Engine& engine) { return engine.abortPlan(id, reason); }), isEnding);
}

int PlanViewModel::addNote(const QString& text)
{
    return act(AddNote{text});
}

int PlanViewModel::handOver(const QString& to, const QString& note)
{
    return await(m_engine.ask(
        [id = m_id, to = OperatorId(to.trimmed()), note](Engine& engine) { return engine.handOver(id, to, note); }));
}

int PlanViewModel::takeLead(const QString& reason)
{
    return act(TakeLead{reason});
}

void PlanViewModel::readSheet()
{
    receive(m_engine.ask([id = m_id](Engine& engine) { return engine.handoverSheet(id); }), m_sheet);
}

QString PlanViewModel::whatIf(const QString& step, double minutes) const
{
    if (!known()) {
        return {};
    }
    const auto extra = Milliseconds(qint64(minutes * 60'000));
    const auto answer = rc::whatIf(shown()->plan, shown()->estimates, m_sight.now, {{StepId(step), extra}});
    if (!answer) {
        return answer.error().message;
    }
    const auto end = localTime(answer->after.eta.value_or(m_sight.now), localDay(m_sight.now));
    QString text = answer->etaMoves == Milliseconds(0)
                       ? "The plan ends as expected, at " + end + ": others take longer."
                       : QString("The plan ends at %1, %2 %3.")
                             .arg(end, duration(Milliseconds(std::abs(answer->etaMoves.count()))),
                                  answer->etaMoves < Milliseconds(0) ? QString("earlier") : QString("later"));
    if (const auto margin = answer->after.margin) {
        text += *margin < Milliseconds(0) ? " The objective is missed by " + duration(-*margin) + "."
                                          : " That leaves " + duration(*margin) + " of the objective.";
    }
    return text;
}

void PlanViewModel::cancel()
{
    m_engine.tell([id = m_id](Engine& engine) { engine.cancel(id); });
}

void PlanViewModel::clearTrouble()
{
    m_trouble.clear();
    Q_EMIT changed();
}

void PlanViewModel::writeReport()
{
    receive(written(m_engine.ask([id = m_id](Engine& engine) { return engine.reportOn(id); }), m_sight, m_id.text()),
            m_reportPath);
}

void PlanViewModel::clearReport()
{
    m_reportPath.clear();
    Q_EMIT changed();
}

} // namespace rc::ui
