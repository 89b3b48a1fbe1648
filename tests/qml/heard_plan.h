// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/plan_view_model.h"

namespace rc::test {

/// The page's plan, whose acts go no further than here: a test reads which were asked for, and says what came of them.
class HeardPlan : public ui::PlanViewModel
{
    Q_OBJECT
    /// "skip restore: why"; what an act takes, in its order.
    Q_PROPERTY(QStringList heard READ heard NOTIFY heardChanged FINAL)

public:
    using PlanViewModel::PlanViewModel;

    [[nodiscard]] QStringList heard() const { return m_heard; }
    Q_INVOKABLE void forget()
    {
        m_heard.clear();
        Q_EMIT heardChanged();
    }
    /// An act that the engine hears; it knows of no such plan, and refuses it.
    Q_INVOKABLE void begin() { PlanViewModel::addNote("a note"); }
    /// What came of the last act: why it was refused, or nothing.
    Q_INVOKABLE void answer(const QString& refusal) { Q_EMIT answered(int(m_acts), refusal); }

    Q_INVOKABLE int run() { return hear("run"); }
    Q_INVOKABLE int takeOver(const QString& reason) { return hear("takeOver: " + reason); }
    Q_INVOKABLE int runStep(const QString& step) { return hear("runStep " + step); }
    Q_INVOKABLE int settleStep(const QString& step) { return hear("settleStep " + step); }
    Q_INVOKABLE int complete(const QString& step, bool success, const QString& note, const QStringList& brought = {})
    {
        return hear("complete " + step + (success ? QString(", done: ") : QString(", not done: ")) + note +
                    brought.join(','));
    }
    Q_INVOKABLE int retry(const QString& step, const QString& reason) { return hear("retry " + step + ": " + reason); }
    Q_INVOKABLE int skip(const QString& step, const QString& reason) { return hear("skip " + step + ": " + reason); }
    Q_INVOKABLE int stopStep(const QString& step, const QString& reason)
    {
        return hear("stopStep " + step + ": " + reason);
    }
    Q_INVOKABLE int undo(const QString& step, const QString& reason) { return hear("undo " + step + ": " + reason); }
    Q_INVOKABLE int hold(const QString& step, const QString& reason) { return hear("hold " + step + ": " + reason); }
    Q_INVOKABLE int release(const QString& step) { return hear("release " + step); }
    Q_INVOKABLE int approve(const QString& step, rc::ui::Deed::Value deed, const QString& by, const QString&)
    {
        return hear("approve " + step + ", " + QVariant::fromValue(deed).toString() + " by " + by);
    }
    Q_INVOKABLE void exportRequest(const QString& step, rc::ui::Deed::Value deed)
    {
        hear("exportRequest " + step + ", " + QVariant::fromValue(deed).toString());
    }
    Q_INVOKABLE int importApproval(const QString& step, const QString& file)
    {
        return hear("importApproval " + step + ": " + file);
    }
    Q_INVOKABLE int declareEnd() { return hear("declareEnd"); }
    Q_INVOKABLE int pause(const QString& reason) { return hear("pause: " + reason); }
    Q_INVOKABLE int resume() { return hear("resume"); }
    Q_INVOKABLE int abort(const QString& reason) { return hear("abort: " + reason); }
    Q_INVOKABLE int addNote(const QString& text) { return hear("addNote: " + text); }
    Q_INVOKABLE int handOver(const QString& to, const QString& note) { return hear("handOver " + to + ": " + note); }
    Q_INVOKABLE int takeLead(const QString& reason = {}) { return hear("takeLead" + reason); }
    Q_INVOKABLE void readSheet() { hear("readSheet"); }
    Q_INVOKABLE void cancel() { hear("cancel"); }
    Q_INVOKABLE void writeReport() { hear("writeReport"); }

Q_SIGNALS:
    void heardChanged();

private:
    int hear(const QString& act)
    {
        m_heard.append(act);
        Q_EMIT heardChanged();
        return int(++m_acts);
    }

    QStringList m_heard;
    qsizetype m_acts = 0;
};

} // namespace rc::test
