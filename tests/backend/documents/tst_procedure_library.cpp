// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/procedure_library.h"

#include <QTest>

using namespace rc;

class TestProcedureLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShippedFileIsValid()
    {
        const auto library = ProcedureLibrary::load({});
        for (const auto& problem : library.problems()) {
            QFAIL(qUtf8Printable(problem.message));
        }
        QVERIFY(library.find(ProcedureId("state_corruption")));
    }
};

QTEST_GUILESS_MAIN(TestProcedureLibrary)
#include "tst_procedure_library.moc"
