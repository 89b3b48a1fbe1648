// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/counts.h"
#include "tests/support/plan_crowd.h"

#include <QTest>

using namespace rc;
using namespace rc::test;

namespace {

/// A row of its own for so many, within the time that QtTest grants a row.
constexpr int PlansPerRow = 2000;

} // namespace

/// Random plans in random hands: no sequence of acts breaks a rule, and none leaves a plan that cannot be ended.
class TestPlanProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noSequenceOfActsBreaksARule_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        const int sequences = countOf("plan_sequences");
        QVERIFY2(sequences > 0, "tests/counts.json names no count for plan_sequences");
        for (int first = 0; first < sequences; first += PlansPerRow) {
            const int last = std::min(first + PlansPerRow, sequences) - 1;
            QTest::addRow("seeds %d to %d", first, last) << first << last;
        }
    }

    void noSequenceOfActsBreaksARule()
    {
        QFETCH(int, first);
        QFETCH(int, last);
        qint64 rows = 0;
        for (int seed = first; seed <= last; ++seed) {
            PlanCrowd crowd{quint64(seed)};
            const QString broken = crowd.work();
            QVERIFY2(broken.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(broken)));
            m_ends[crowd.plan().status] += 1;
            const QString stuck = crowd.finish();
            QVERIFY2(stuck.isEmpty(), qPrintable(QString("seed %1, to the end: %2").arg(seed).arg(stuck)));
            rows += crowd.accepted();
            m_armedStarts += crowd.armedStarts();
            for (const auto& row : crowd.rows()) {
                m_kinds[row.kind] += 1;
                const auto body = QJsonDocument::fromJson(row.body).object();
                m_unneeded += row.kind == StepSkipped::kind && body["unneeded"].toBool();
                m_consentedSkips += row.kind == StepSkipped::kind && !body["approvals"].toArray().isEmpty();
            }
        }
        qInfo("%d plans, %lld events", last - first + 1, rows);
    }

    /// Rules that no sequence has come near to are not tested.
    void cleanupTestCase()
    {
        for (const auto status : {PlanStatus::InProgress, PlanStatus::Paused, PlanStatus::Aborted,
                                  PlanStatus::VerificationFailed, PlanStatus::Soaking, PlanStatus::Completed}) {
            QVERIFY2(m_ends[status] > 0, qPrintable(QString("no sequence ended %1").arg(idOf(status))));
        }
        QVERIFY2(m_consentedSkips > 0, "no step was done without by consent");
        QVERIFY2(m_unneeded > 0, "no step was not needed");
        QVERIFY2(m_armedStarts > 0, "no step began by itself");
        for (const auto& kind :
             QStringList{"step_undone", "step_undo_failed", "step_captured", "step_cancel_requested", "branch_held",
                         "branch_released", "plan_lead_taken", "step_found_unknown"}) {
            QVERIFY2(m_kinds[kind] > 0, qPrintable(QString("no sequence had a row of kind %1").arg(kind)));
        }
    }

private:
    QHash<PlanStatus, int> m_ends;
    QHash<QString, int> m_kinds;
    int m_consentedSkips = 0;
    int m_unneeded = 0;
    int m_armedStarts = 0;
};

QTEST_GUILESS_MAIN(TestPlanProperties)
#include "tst_plan_properties.moc"
