// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/action_refusals.h"
#include "tests/backend/recovery/recovery_fixture.h"
#include "tests/support/plan_run.h"

using namespace rc;
using namespace rc::test;

/// What actions say against running now, asked on behalf of people who wonder why nothing happens.
class TestActionRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSystemThatIsAwayIsToldFromWhatElseIsMissing()
    {
        m_tools.canRun = [](const ActionContext& context) -> Status {
            if (context.holder == "PLAN-1/away") {
                return fail(ErrorCode::Unreachable, "validator-3 does not answer.");
            }
            return context.holder == "PLAN-1/bare"
                       ? Status(fail(ErrorCode::NotFound, "There is no good configuration."))
                       : Status();
        };
        QCOMPARE(asked(Milliseconds(60'000)),
                 (QStringList{"unreachable: validator-3 does not answer.",
                              "action: as seen from here, it would not run now: There is no good configuration.", ""}));
        QCOMPARE(m_tools.executed, QStringList());
    }

    void whatDoesNotAnswerKeepsNobodyWaiting()
    {
        bool released = false;
        int hanging = 0;
        m_tools.asked = [&](ActionContext context) -> QCoro::Task<> {
            if (context.holder != "PLAN-1/away") {
                co_return;
            }
            hanging += 1;
            while (!released) { // whatever it is told
                (void)co_await pause(Milliseconds(10), CancelToken());
            }
            hanging -= 1;
        };
        m_tools.canRun = [](const ActionContext&) { return Status(fail(ErrorCode::Timeout, "It is slow.")); };
        const auto reasons = asked(Milliseconds(50));
        QVERIFY2(reasons[0].startsWith("unreachable: whether it would run could not be found out"),
                 qPrintable(reasons[0]));
        QCOMPARE(reasons[1], "unreachable: It is slow."); // the others are heard
        QCOMPARE(hanging, 1);
        released = true;
        QTRY_COMPARE(hanging, 0);
    }

    void whatIsNotSettledYetIsNotAsked()
    {
        m_procedure.leaves({"height"});
        m_procedure.automated("after").with({{"height", "${steps.fine.result.height}"}});
        const PlanRun run(m_procedure);
        m_tools.canRun = [](const ActionContext&) { return Status(fail(ErrorCode::Busy, "asked")); };
        const auto tools = std::make_shared<FakeToolbox>(m_tools);
        QCOMPARE(QCoro::waitFor(actionRefusals(run.plan, {run.at("after")}, tools, Milliseconds(60'000))),
                 QStringList{""});
    }

    void init()
    {
        m_tools = {};
        m_procedure = {};
        m_procedure.automated("away").after({}).automated("bare").after({}).automated("fine").after({});
    }

private:
    QStringList asked(Milliseconds patience)
    {
        const PlanRun run(m_procedure);
        return QCoro::waitFor(actionRefusals(run.plan, {0, 1, 2}, std::make_shared<FakeToolbox>(m_tools), patience));
    }

    FakeTools m_tools;
    ProcedureBuilder m_procedure;
};

QTEST_GUILESS_MAIN(TestActionRefusals)
#include "tst_action_refusals.moc"
