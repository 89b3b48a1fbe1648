// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/procedure_library.h"
#include "document_samples.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;
using namespace rc::samples;

class TestProcedureLibrary : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_home;

    void write(const QString& name, const QByteArray& bytes)
    {
        QVERIFY(QDir(m_home.path()).mkpath("procedures"));
        QFile file(m_home.filePath("procedures/" + name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void cleanup() { QDir(m_home.filePath("procedures")).removeRecursively(); }

    void everyShippedFileIsValidAndThereIsOnePerIncidentType()
    {
        const auto library = ProcedureLibrary::load(m_home.path());
        for (const auto& problem : library.problems()) {
            QFAIL(qUtf8Printable(problem.message));
        }
        for (const auto id : enumIds<IncidentType>) {
            const auto found = library.forIncidentType(*fromId<IncidentType>(id));
            QVERIFY2(!found.isEmpty(), id.data());
            QVERIFY(library.isShipped(found.first().sha256));
        }
    }

    void shippedProceduresAreHonest()
    {
        static const QList<ActionType> executable{ActionType::Manual, ActionType::Check, ActionType::RestoreSystem,
                                                  ActionType::RecoverChainData, ActionType::RestartServices};
        const auto library = ProcedureLibrary::load(m_home.path());
        for (const auto& document : library.procedures()) {
            const auto& procedure = document.procedure;
            QVERIFY2(procedure.estimatedDuration.count() > 0, qUtf8Printable(document.file));
            QCOMPARE(document.file, ":/procedures/" + procedure.id.text() + ".yaml");
            for (const auto& step : procedure.steps) {
                const QString where = document.file + ": " + step.id.text();
                QVERIFY2(executable.contains(step.actionType), qUtf8Printable(where));
                QVERIFY2(step.expectedDuration.count() > 0, qUtf8Printable(where));
                QVERIFY2(!step.description.isEmpty(), qUtf8Printable(where));
                QVERIFY2(step.actionType != ActionType::RecoverChainData ||
                             (step.reversibility == Reversibility::Irreversible && !step.approvals.isEmpty()),
                         qUtf8Printable(where));
            }
        }
    }

    // Decision 10: a node whose data is not good yet is not healthy, whatever its configuration.
    void whereDataComesAfterTheConfigurationHealthIsAskedAtTheEnd()
    {
        const auto library = ProcedureLibrary::load(m_home.path());
        int found = 0;
        for (const auto& document : library.procedures()) {
            const auto& procedure = document.procedure;
            const auto& steps = procedure.steps;
            const auto restore = std::ranges::find(steps, ActionType::RestoreSystem, &Step::actionType);
            const auto recover = std::ranges::find(steps, ActionType::RecoverChainData, &Step::actionType);
            if (recover == steps.end() || restore > recover) {
                continue;
            }
            ++found;
            QVERIFY2(!restore->parameters["check_health"].toBool(true), qUtf8Printable(document.file));
            const auto health =
                std::ranges::find(procedure.verification, QString("systems_healthy"), &VerificationStep::check);
            QVERIFY2(health != procedure.verification.end(), qUtf8Printable(document.file));
        }
        QCOMPARE(found, 5);
    }

    void stateCorruptionIsTheProcedureThatIsPlayed()
    {
        const auto found = ProcedureLibrary::load(m_home.path()).find(ProcedureId("state_corruption"));
        QVERIFY(found);
        const auto& procedure = found->procedure;
        QStringList steps;
        for (const auto& step : procedure.steps) {
            steps.append(step.id.text());
        }
        QCOMPARE(steps, (QStringList{"confirm_scope", "locate", "restore_configuration", "roll_back", "restart"}));
        QCOMPARE(procedure.verification.size(), 3);
        QCOMPARE(procedure.rto, Milliseconds(3'600'000));
        QCOMPARE(procedure.soak, Milliseconds(3'000));
        QCOMPARE(procedure.parameter("target_height")->required, false);
    }

    void aUsersNewerVersionStandsBesideTheShippedOne()
    {
        const auto shipped = ProcedureLibrary::load(m_home.path()).find(ProcedureId("storage_loss"));
        QVERIFY(shipped);
        write("mine.yaml", spoiled(shipped->source, "version: 1", "version: 2"));
        const auto library = ProcedureLibrary::load(m_home.path());
        QVERIFY(library.problems().isEmpty());
        const auto newest = library.find(ProcedureId("storage_loss"));
        QCOMPARE(newest->procedure.version, 2);
        QVERIFY(!library.isShipped(newest->sha256));
        QVERIFY(library.isShipped(library.find(ProcedureId("storage_loss"), 1)->sha256));
        const auto offered = library.forIncidentType(IncidentType::StorageLoss);
        QCOMPARE(offered.size(), 1);
        QCOMPARE(offered.first().procedure.version, 2);
    }

    void aNewestVersionForAnotherTypeWithdrawsTheOlderOne()
    {
        const auto shipped = ProcedureLibrary::load(m_home.path()).find(ProcedureId("storage_loss"));
        write("mine.yaml",
              spoiled(spoiled(shipped->source, "version: 1", "version: 2"), "[storage_loss]", "[bad_upgrade]"));
        const auto library = ProcedureLibrary::load(m_home.path());
        QVERIFY(library.forIncidentType(IncidentType::StorageLoss).isEmpty());
        QCOMPARE(library.forIncidentType(IncidentType::BadUpgrade).size(), 2);
    }

    void theSameIdAndVersionAgainIsAProblemUnlessItIsTheSameFile()
    {
        const auto shipped = ProcedureLibrary::load(m_home.path()).find(ProcedureId("storage_loss"));
        write("copy.yaml", shipped->source);
        QVERIFY(ProcedureLibrary::load(m_home.path()).problems().isEmpty());
        write("copy.yaml", shipped->source + "# mine\n");
        const auto library = ProcedureLibrary::load(m_home.path());
        QCOMPARE(library.problems().size(), 1);
        QCOMPARE(
            library.problems().first().message,
            m_home.filePath("procedures/copy.yaml") +
                ":4: the procedure 'storage_loss' version 1 is already in :/procedures/storage_loss.yaml, expected "
                "another id or version");
        QVERIFY(library.isShipped(library.find(ProcedureId("storage_loss"))->sha256));
    }

    void aBrokenFileDoesNotHideTheOthers()
    {
        write("broken.yaml", "id: x\n");
        write("heal.yaml", samples::procedure);
        const auto library = ProcedureLibrary::load(m_home.path());
        QCOMPARE(library.problems().size(), 1);
        QVERIFY(library.problems().first().message.contains("broken.yaml:1: "));
        QVERIFY(library.find(ProcedureId("heal"), 3));
        QCOMPARE(library.find(ProcedureId("heal"), 2).error().code, ErrorCode::NotFound);
        const QString unknown = library.find(ProcedureId("none")).error().message;
        QVERIFY2(unknown.startsWith("There is no procedure 'none'; there are: bad_upgrade, "), qPrintable(unknown));
        QVERIFY2(unknown.contains(", heal, "), qPrintable(unknown));
    }
};

QTEST_GUILESS_MAIN(TestProcedureLibrary)
#include "tst_procedure_library.moc"
