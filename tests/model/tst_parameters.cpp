// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/procedure/parameters.h"

#include <QTest>

using namespace rc;

namespace {

using Scope = Reference::Scope;

/// Knows the systems of an incident, one parameter and one result.
Result<QJsonValue> known(const Reference& reference)
{
    if (reference == Reference{Scope::Incident, {}, "systems"}) {
        return QJsonArray{"validator-1", "validator-2"};
    }
    if (reference == Reference{Scope::PlanParameter, {}, "target_height"}) {
        return QJsonValue(42);
    }
    if (reference == Reference{Scope::StepResult, StepId("locate"), "hash"}) {
        return QJsonValue("ab12");
    }
    return fail(ErrorCode::NotFound, "Not known.");
}

const QList<ParameterDeclaration> declarations{
    {"height", ParameterType::Integer, true, {}, "How high."},
    {"note", ParameterType::String, false, "none", {}},
    {"force", ParameterType::Boolean, false, QJsonValue(QJsonValue::Null), {}},
    {"systems", ParameterType::SystemList, false, QJsonArray{"a"}, {}},
};

} // namespace

class TestParameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeFormsAreReferences()
    {
        QCOMPARE(parseReference(u"incident.contained_at"), (Reference{Scope::Incident, {}, "contained_at"}));
        QCOMPARE(parseReference(u"plan.params.x"), (Reference{Scope::PlanParameter, {}, "x"}));
        QCOMPARE(parseReference(u"steps.a-1.result.hash"), (Reference{Scope::StepResult, StepId("a-1"), "hash"}));
        for (const auto* text : {u"", u"incident", u"incident.severity", u"plan.params", u"plan.params.", u"plan.x.y",
                                 u"steps.a.hash", u"steps..result.hash", u"steps.a.result.b.c", u" incident.id"}) {
            QVERIFY2(!parseReference(QStringView(text)), qUtf8Printable(QString::fromUtf16(text)));
        }
    }

    void referencesAreFoundWhereTheyStand()
    {
        const QJsonObject parameters{{"systems", "${incident.systems}"},
                                     {"a/b", QJsonArray{1, "x ${plan.params.y} and ${nonsense}"}},
                                     {"open", "${incident.systems"},
                                     {"money", "$5 and {braces}"}};
        const auto found = referencesIn(parameters, "/p");
        QCOMPARE(found.size(), 4);
        QCOMPARE(found[0].pointer, "/p/a~1b/1");
        QCOMPARE(found[0].reference, (Reference{Scope::PlanParameter, {}, "y"}));
        QCOMPARE(found[1].text, "${nonsense}");
        QVERIFY(!found[1].reference);
        QCOMPARE(found[2].pointer, "/p/open");
        QVERIFY(!found[2].reference); // the brace was forgotten
        QCOMPARE(found[3].pointer, "/p/systems");
    }

    void aWholeReferenceKeepsItsTypeAndAPartBecomesText()
    {
        const QJsonObject parameters{
            {"systems", "${incident.systems}"},
            {"to", QJsonObject{{"height", "${plan.params.target_height}"}, {"literal", 7}}},
            {"text", "to ${plan.params.target_height} on ${incident.systems} (${steps.locate.result.hash})"},
            {"plain", "$5 {x}"}};
        const auto resolved = resolveParameters(parameters, known);
        QVERIFY(resolved);
        QCOMPARE(*resolved, (QJsonObject{{"systems", QJsonArray{"validator-1", "validator-2"}},
                                         {"to", QJsonObject{{"height", 42}, {"literal", 7}}},
                                         {"text", "to 42 on validator-1, validator-2 (ab12)"},
                                         {"plain", "$5 {x}"}}));
        QVERIFY(referencesIn(*resolved, {}).isEmpty());
    }

    void whatIsUnknownFails()
    {
        QCOMPARE(resolveParameters({{"a", QJsonArray{"${incident.id}"}}}, known).error().code, ErrorCode::NotFound);
        QCOMPARE(resolveParameters({{"a", "${x}"}}, known).error().message, "Unknown reference ${x}.");
        QCOMPARE(resolveParameters({{"a", "up to ${incident.systems"}}, known).error().code, ErrorCode::InvalidInput);
    }

    void parametersAreTypedAndDefaultsFilledIn()
    {
        QCOMPARE(
            typedParameters(declarations, {{"height", 12}}).value(),
            (QJsonObject{{"height", 12}, {"note", "none"}, {"force", QJsonValue::Null}, {"systems", QJsonArray{"a"}}}));
        // as text, from a command line
        QCOMPARE(
            typedParameters(declarations, {{"height", "12"}, {"note", "n"}, {"force", "true"}, {"systems", "a, b"}})
                .value(),
            (QJsonObject{{"height", 12}, {"note", "n"}, {"force", true}, {"systems", QJsonArray{"a", "b"}}}));
        QCOMPARE(
            typedParameters(declarations, {{"height", qint64(9'007'199'254'740'993)}}).value()["height"].toInteger(),
            9'007'199'254'740'993);
    }

    void wrongParametersAreRefusedByName_data()
    {
        QTest::addColumn<QJsonObject>("given");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const QJsonObject& given, const QString& message) {
            QTest::newRow(name) << given << message;
        };
        row("missing", {}, "The parameter 'height' is missing: How high.");
        row("null", {{"height", QJsonValue::Null}}, "The parameter 'height' is missing: How high.");
        row("unknown", {{"height", 1}, {"hieght", 1}}, "The procedure has no parameter 'hieght'.");
        row("fraction", {{"height", 1.5}}, "The parameter 'height' is '1.5', expected a value of type integer.");
        row("word", {{"height", "high"}}, "The parameter 'height' is 'high', expected a value of type integer.");
        row("too large", {{"height", "99999999999999999999"}},
            "The parameter 'height' is '99999999999999999999', expected a value of type integer.");
        row("yes", {{"height", 1}, {"force", "yes"}},
            "The parameter 'force' is 'yes', expected a value of type boolean.");
        row("number as text", {{"height", 1}, {"note", 3}},
            "The parameter 'note' is '3', expected a value of type string.");
        row("empty id", {{"height", 1}, {"systems", "a,,b"}},
            "The parameter 'systems' is 'a,,b', expected a value of type system_list.");
        row("numbers as ids", {{"height", 1}, {"systems", QJsonArray{"a", 2}}},
            "The parameter 'systems' is 'a, 2', expected a value of type system_list.");
    }

    void wrongParametersAreRefusedByName()
    {
        QFETCH(QJsonObject, given);
        QFETCH(QString, message);
        const auto typed = typedParameters(declarations, given);
        QVERIFY(!typed);
        QCOMPARE(typed.error().code, ErrorCode::InvalidInput);
        QCOMPARE(typed.error().message, message);
    }
};

QTEST_GUILESS_MAIN(TestParameters)
#include "tst_parameters.moc"
