// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/procedure/procedure.h"

#include "tests/support/plan_builder.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rc;

namespace {

Step step(const QString& id, const QList<StepId>& after = {})
{
    Step made;
    made.id = StepId(id);
    made.name = id;
    made.after = after;
    return made;
}

Procedure sound()
{
    Procedure procedure;
    procedure.id = ProcedureId("p");
    procedure.name = "P";
    procedure.steps = {step("a"), step("b", {StepId("a")})};
    procedure.steps[0].outputs = QStringList{"height"};
    procedure.verification = {{VerificationId("v"), "V", "check", {}, StepId("b"), Milliseconds(0), true}};
    return procedure;
}

QStringList sentences(const Procedure& procedure)
{
    QStringList list;
    for (const auto& problem : problemsOf(procedure)) {
        list.append(problem.pointer + " " + problem.message);
    }
    return list;
}

template <ClosedList E>
E anyOf(QRandomGenerator& random)
{
    return static_cast<E>(random.bounded(int(enumIds<E>.size())));
}

Step randomStep(QRandomGenerator& random, const QString& id, const QList<Step>& before)
{
    Step made = step(id);
    made.description = QString::number(random.generate());
    made.actionType = anyOf<ActionType>(random);
    made.requiredRoles = {anyOf<Role>(random)};
    made.parameters = {{"n", random.bounded(9)}};
    made.expectedDuration = Milliseconds(random.bounded(100'000));
    made.priority = anyOf<Priority>(random);
    for (const auto& other : before) {
        if (random.bounded(2) == 0) {
            made.after.append(other.id);
        }
    }
    made.approvals = {{anyOf<Role>(random), 1 + random.bounded(3)}};
    made.reversibility = anyOf<Reversibility>(random);
    made.reversibleUntil = StepId(id);
    made.outputs = QStringList{"o"};
    made.timeout = Milliseconds(random.bounded(100'000));
    made.critical = random.bounded(2) == 0;
    return made;
}

Procedure randomProcedure(QRandomGenerator& random)
{
    Procedure procedure = sound();
    procedure.version = 1 + random.bounded(9);
    procedure.incidentTypes = {anyOf<IncidentType>(random)};
    procedure.requiredRoles = {anyOf<Role>(random), anyOf<Role>(random)};
    procedure.estimatedDuration = Milliseconds(random.bounded(100'000));
    procedure.riskLevel = anyOf<RiskLevel>(random);
    procedure.rto = Milliseconds(random.bounded(100'000));
    procedure.soak = Milliseconds(random.bounded(100'000));
    procedure.closing = anyOf<Closing>(random);
    procedure.declaredBy = {anyOf<Role>(random)};
    procedure.parameters = {{"x", anyOf<ParameterType>(random), random.bounded(2) == 0, {}, "d"}};
    for (int i = random.bounded(5); i >= 0; --i) {
        procedure.steps.append(randomStep(random, QString("s%1").arg(i), procedure.steps));
    }
    return procedure;
}

} // namespace

class TestProcedure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonKeepsEverything()
    {
        QRandomGenerator random(1);
        for (int i = 0; i < 300; ++i) {
            const auto procedure = randomProcedure(random);
            const auto bytes = canonicalJson(toJson(procedure));
            QVERIFY(procedureFromJson(QJsonDocument::fromJson(bytes).object()) == procedure);
            const auto shortBytes = canonicalJson(toShortJson(procedure));
            QVERIFY(procedureFromJson(QJsonDocument::fromJson(shortBytes).object()) == procedure);
            QVERIFY(shortBytes.size() <= bytes.size());
        }
    }

    void theShortFormSaysNothingOfWhatIsUsual()
    {
        test::ProcedureBuilder builder;
        const auto procedure = builder.manual("look").automated("restore").build();
        const auto steps = toShortJson(procedure)["steps"].toArray();
        QCOMPARE(steps[0].toObject(), (QJsonObject{{"id", "look"}}));
        QVERIFY2(!steps[1].toObject().contains("after"), "it comes after the one before");
    }

    void whatIsNotSaidHasItsDefault()
    {
        const auto procedure = procedureFromJson(QJsonDocument::fromJson(R"({"id": "p",
            "steps": [{"id": "a"}, {"id": "b"}, {"id": "c", "after": []}],
            "verification": [{"id": "v", "check": "x"}]})")
                                                     .object());
        QVERIFY(procedure.steps[0].after.isEmpty());
        QCOMPARE(procedure.steps[1].after, QList{StepId("a")}); // the step before
        QVERIFY(procedure.steps[2].after.isEmpty());            // said: none
        QVERIFY(procedure.steps[0].critical);
        QCOMPARE(procedure.steps[0].priority, Priority::Normal);
        QCOMPARE(procedure.verification[0].ownerStep, StepId("c")); // the last step
        QCOMPARE(procedure.declaredBy, QList{Role::IncidentCommander});
        QCOMPARE(procedure.closing, Closing::Declared);
        QCOMPARE(procedure.version, 1);
        QCOMPARE(procedure.name, "p");
    }

    void aSoundProcedureHasNoProblems() { QCOMPARE(sentences(sound()), QStringList()); }

    void stepsAndVerificationMustExist()
    {
        auto procedure = sound();
        procedure.steps.clear();
        procedure.verification.clear();
        QCOMPARE(sentences(procedure),
                 (QStringList{"/steps the procedure has no steps, expected at least one",
                              "/verification the procedure has no verification, expected at least one check"}));
    }

    void idsAreUniqueEachInItsList()
    {
        auto procedure = sound();
        procedure.steps.append(step("a"));
        procedure.verification.append(procedure.verification[0]);
        procedure.verification[0].id = VerificationId("a"); // the id of a step: another list
        procedure.parameters = {{"x", ParameterType::String, false, {}, {}},
                                {"x", ParameterType::String, false, {}, {}}};
        QCOMPARE(sentences(procedure), (QStringList{"/steps/2/id the id 'a' is used twice, expected unique ids",
                                                    "/parameters/1/id the id 'x' is used twice, expected unique ids"}));
    }

    void aCycleIsNamedInOrder()
    {
        auto procedure = sound();
        procedure.steps[0].after = {StepId("b")};
        QCOMPARE(sentences(procedure),
                 QStringList{"/steps/0/after the steps wait for each other (a → b → a), expected no cycle"});
    }

    void finalStepsExistAndAreMeant()
    {
        auto procedure = sound();
        procedure.steps[0].reversibility = Reversibility::ReversibleUntil;
        QCOMPARE(
            sentences(procedure),
            QStringList{"/steps/0/reversible_until there is no step '', expected the step that makes this one final"});
        procedure.steps[0].reversibleUntil = StepId("b");
        QCOMPARE(sentences(procedure), QStringList());
        procedure.steps[0].reversibility = Reversibility::Reversible;
        QCOMPARE(sentences(procedure).size(), 1);
    }

    void defaultsHaveTheirType()
    {
        auto procedure = sound();
        procedure.parameters = {{"n", ParameterType::Integer, true, "seven", {}},
                                {"s", ParameterType::String, false, "x", {}}};
        QCOMPARE(sentences(procedure),
                 QStringList{"/parameters/0/default the default does not fit, expected a value of type integer"});
    }

    /// Against the slow way: a step may refer to exactly those that some chain of `after` leads to.
    void aReferenceComesFromAStepThatIsDoneByThen()
    {
        QRandomGenerator random(2);
        for (int i = 0; i < 300; ++i) {
            auto procedure = randomProcedure(random);
            for (auto& each : procedure.steps) {
                each.reversibility = Reversibility::Reversible;
                each.reversibleUntil = {};
                each.timeout = each.isManual() ? Milliseconds(0) : each.timeout;
            }
            const auto at = random.bounded(int(procedure.steps.size()));
            const auto from = random.bounded(int(procedure.steps.size()));
            procedure.steps[from].outputs = QStringList{"o"};
            const QString id = procedure.steps[from].id.text();
            procedure.steps[at].parameters = {{"x", QString("${steps.%1.result.o}").arg(id)}};
            QSet<StepId> before;
            QList<StepId> open = procedure.steps[at].after;
            while (!open.isEmpty()) {
                const auto next = open.takeFirst();
                before.insert(next);
                open += procedure.steps[procedure.indexOf(next)].after;
            }
            QCOMPARE(problemsOf(procedure).isEmpty(), before.contains(StepId(id)));
        }
    }

    void verificationMayReferToEveryStep()
    {
        auto procedure = sound();
        procedure.verification[0].parameters = {{"h", "${steps.a.result.height}"}};
        QCOMPARE(sentences(procedure), QStringList());
        procedure.verification[0].parameters = {{"h", "${steps.b.result.height}"}};
        QCOMPARE(
            sentences(procedure),
            QStringList{"/verification/0/parameters/h ${steps.b.result.height} names an output that the step does not "
                        "declare, expected one of: (it has no 'outputs')"});
    }

    void nothingReadsAResultThatMayNeverBeThere()
    {
        auto procedure = sound();
        const Condition asked{"${incident.type}", Comparison::Is, "bridge_exploit"};
        procedure.steps[0].when = {asked};
        procedure.verification[0].parameters = {{"h", "${steps.a.result.height}"}};
        QCOMPARE(sentences(procedure),
                 QStringList{"/verification/0/parameters/h ${steps.a.result.height} is of step 'a', which has "
                             "conditions and may be skipped as not needed: then the check could never pass; expected a "
                             "step that is certainly run"});
        procedure.verification[0].parameters = {};
        QCOMPARE(sentences(procedure), QStringList());
        procedure.steps[1].parameters = {{"h", "${steps.a.result.height}"}};
        QCOMPARE(sentences(procedure),
                 QStringList{"/steps/1/parameters/h ${steps.a.result.height} is of step 'a', which has conditions and "
                             "may be skipped as not needed: then this step would wait for ever; expected its "
                             "conditions in 'when' here too, or one that asks for a result of it"});
        procedure.steps[1].when = {asked};
        QCOMPARE(sentences(procedure), QStringList());
        procedure.steps[1].when = {{"${steps.a.result.height}", Comparison::AtLeast, 1}};
        QCOMPARE(sentences(procedure), QStringList());
        procedure.steps[1].outputs = QStringList{"x"};
        procedure.verification[0].parameters = {{"x", QJsonArray{"at ${steps.b.result.x}"}}};
        QCOMPARE(sentences(procedure).size(), 1); // it may be skipped as well
    }

    void nothingStopsAPersonWhoTakesLong()
    {
        auto procedure = sound();
        procedure.steps[0].timeout = Milliseconds(1);
        QCOMPARE(sentences(procedure),
                 QStringList{"/steps/0/timeout a limit is given for what a person does, expected it at an automated "
                             "step; what is expected of a person is its 'expected_duration'"});
        procedure.steps[0].actionType = ActionType::Check;
        QCOMPARE(sentences(procedure), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestProcedure)
#include "tst_procedure.moc"
