// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/plan_view_model.h"
#include "ui/report/report_file.h"
#include "ui/words/words.h"

#include <QDateTime>
#include <QDir>

/// What people do with a plan: each act goes to the engine, and the plan comes back as the store tells it.

namespace rc::ui {

void PlanViewModel::await(QFuture<Result<Plan>> answer)
{
    ++m_busy[m_id];
    m_trouble.clear();
    // Whoever acts looks at what comes next.
    m_chosen = false;
    Q_EMIT changed();
    answer.then(this, [this, id = m_id](const Result<Plan>& plan) {
        --m_busy[id];
        if (!plan && id == m_id) {
            m_trouble = plan.error().message;
        }
        Q_EMIT changed();
    });
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

void PlanViewModel::run()
{
    await(m_engine.ask([id = m_id](Engine& engine) { return engine.runPlan(id); }));
}

void PlanViewModel::takeOver(const QString& reason)
{
    await(m_engine.ask([id = m_id, reason](Engine& engine) { return engine.runPlan(id, {{}, reason}); }));
}

void PlanViewModel::runStep(const QString& step)
{
    await(m_engine.ask([id = m_id, step = StepId(step)](Engine& engine) { return engine.runStep(id, step); }));
}

void PlanViewModel::settleStep(const QString& step)
{
    await(m_engine.ask([id = m_id, step = StepId(step)](Engine& engine) { return engine.settleStep(id, step); }));
}

void PlanViewModel::complete(const QString& step, bool success, const QString& note, const QStringList& brought)
{
    if (step != m_selected) {
        m_trouble = QString("Nothing is recorded of step '%1': another step is looked at.").arg(step);
        Q_EMIT changed();
        return;
    }
    const auto completion = m_step.completion(success, note, brought);
    await(m_engine.ask([id = m_id, completion](Engine& engine) {
        return engine.completeStep(id, completion.first, completion.second);
    }));
}

void PlanViewModel::retry(const QString& step, const QString& reason)
{
    const RetryStep command{StepId(step), reason};
    await(m_engine.ask([id = m_id, command](Engine& engine) { return engine.retryStep(id, command); }));
}

void PlanViewModel::skip(const QString& step, const QString& reason)
{
    act(SkipStep{StepId(step), reason});
}

void PlanViewModel::stopStep(const QString& step, const QString& reason)
{
    act(CancelStep{StepId(step), reason});
}

void PlanViewModel::undo(const QString& step, const QString& reason)
{
    await(m_engine.ask(
        [id = m_id, step = StepId(step), reason](Engine& engine) { return engine.undoStep(id, step, reason); }));
}

void PlanViewModel::hold(const QString& step, const QString& reason)
{
    act(HoldBranch{StepId(step), reason});
}

void PlanViewModel::release(const QString& step)
{
    act(ReleaseBranch{StepId(step)});
}

void PlanViewModel::approve(const QString& step, Deed::Value deed, const QString& by, const QString& passphrase)
{
    await(m_engine.ask([id = m_id, step = StepId(step), act = actOf(deed), who = OperatorId(by),
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

void PlanViewModel::importApproval(const QString& step, const QString& file)
{
    await(m_engine.ask(
        [id = m_id, step = StepId(step), file](Engine& engine) { return engine.importApproval(id, step, file); }));
}

void PlanViewModel::declareEnd()
{
    await(m_engine.ask([id = m_id](Engine& engine) { return engine.declarePlan(id); }));
}

void PlanViewModel::pause(const QString& reason)
{
    act(PausePlan{reason});
}

void PlanViewModel::resume()
{
    act(ResumePlan{});
}

void PlanViewModel::abort(const QString& reason)
{
    await(m_engine.ask([id = m_id, reason](Engine& engine) { return engine.abortPlan(id, reason); }));
}

void PlanViewModel::addNote(const QString& text)
{
    act(AddNote{text});
}

void PlanViewModel::handOver(const QString& to, const QString& note)
{
    await(m_engine.ask(
        [id = m_id, to = OperatorId(to.trimmed()), note](Engine& engine) { return engine.handOver(id, to, note); }));
}

void PlanViewModel::takeLead(const QString& reason)
{
    act(TakeLead{reason});
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
    const auto end = QDateTime::fromMSecsSinceEpoch(answer->after.eta.value_or(m_sight.now).time_since_epoch().count());
    QString text = answer->etaMoves == Milliseconds(0)
                       ? "The plan ends as expected, at " + end.toString("HH:mm") + ": others take longer."
                       : QString("The plan ends at %1, %2 %3.")
                             .arg(end.toString("HH:mm"), duration(Milliseconds(std::abs(answer->etaMoves.count()))),
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
    const auto time = QDateTime::fromMSecsSinceEpoch(m_sight.now.time_since_epoch().count(), Qt::UTC);
    const QString folder = m_sight.store.path + "/reports";
    const QString path = QString("%1/%2 %3.pdf").arg(folder, m_id.text(), time.toString("yyyy-MM-dd HHmmss'Z'"));
    const auto draw = [folder, path](const Result<QJsonObject>& document) -> Result<QString> {
        if (!document) {
            return std::unexpected(document.error());
        }
        QDir().mkpath(folder);
        const auto written = report::writeReport(QJsonDocument(*document).toJson(QJsonDocument::Compact), path);
        return written ? Result<QString>((*written)["path"].toString()) : std::unexpected(written.error());
    };
    m_reportPath.clear();
    receive(
        m_engine.ask([id = m_id](Engine& engine) { return engine.reportOn(id); }).then(QtFuture::Launch::Async, draw),
        m_reportPath);
}

void PlanViewModel::clearReport()
{
    m_reportPath.clear();
    Q_EMIT changed();
}

} // namespace rc::ui
