// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/schema.h"
#include "backend/documents/schema_words.h"
#include "model/system/inventory.h"

#include <QTest>

using namespace rc;

namespace {

QJsonValue at(QJsonValue value, const QString& pointer)
{
    for (const auto& key : pointer.split('/', Qt::SkipEmptyParts)) {
        value = value.toObject()[key];
    }
    return value;
}

} // namespace

class TestDocumentSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void schemasAndModelHaveTheSameLists_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QStringList>("ids");
        const auto procedure = [](const QStringList& list, const char* pointer) {
            QTest::newRow(pointer) << "procedure" << QString::fromLatin1(pointer) << list;
        };
        procedure(allIds<Role>(), "/definitions/role/enum");
        procedure(allIds<IncidentType>(), "/definitions/incident_type/enum");
        procedure(allIds<RiskLevel>(), "/properties/risk_level/enum");
        procedure(allIds<Closing>(), "/properties/closing/enum");
        procedure(allIds<ActionType>(), "/definitions/step/properties/action_type/enum");
        procedure(allIds<Priority>(), "/definitions/step/properties/priority/enum");
        procedure(allIds<Reversibility>(), "/definitions/step/properties/reversibility/enum");
        procedure(allIds<ParameterType>(), "/definitions/parameter/properties/type/enum");
        const auto inventory = [](const QStringList& list, const char* pointer) {
            QTest::newRow(pointer) << "inventory" << QString::fromLatin1(pointer) << list;
        };
        inventory(allIds<NetworkKind>(), "/properties/network/properties/kind/enum");
        inventory(allIds<ManagerKind>(), "/definitions/manager/properties/kind/enum");
        inventory(allIds<ChainKind>(), "/definitions/chain/properties/kind/enum");
        inventory(allIds<ProbeKind>(), "/definitions/probe/properties/kind/enum");
    }

    void schemasAndModelHaveTheSameLists()
    {
        QFETCH(QString, schema);
        QFETCH(QString, pointer);
        QFETCH(QStringList, ids);
        QCOMPARE(at(documentSchema(schema), pointer).toArray(), QJsonArray::fromStringList(ids));
    }

    void everyManagerAndProbeKindHasItsSettings()
    {
        const auto definitions = documentSchema("inventory")["definitions"].toObject();
        for (const auto& kind : allIds<ManagerKind>()) {
            QVERIFY2(definitions.contains("manager_" + kind), qUtf8Printable(kind));
        }
        for (const auto& kind : allIds<ProbeKind>()) {
            QVERIFY2(definitions.contains("probe_" + kind), qUtf8Printable(kind));
        }
    }

    /// valijson judges by the whole standard; a keyword that our words do not know must not slip through.
    void valijsonHasTheLastWord()
    {
        const QJsonObject minimal{{"network", QJsonObject{{"name", "n"}, {"chain_id", "c"}, {"kind", "live"}}},
                                  {"systems", QJsonArray{QJsonObject{{"id", "a"}, {"type", "node"}}}}};
        QVERIFY(schemaProblems("inventory", minimal).isEmpty());
        static const QStringList spoken{"$schema",      "title",
                                        "description",  "definitions",
                                        "$ref",         "type",
                                        "enum",         "const",
                                        "required",     "items",
                                        "minItems",     "minimum",
                                        "maximum",      "pattern",
                                        "anyOf",        "allOf",
                                        "if",           "then",
                                        "x-expected",   "writeOnly",
                                        "properties",   "additionalProperties",
                                        "propertyNames"};
        for (const auto name : {"procedure", "inventory"}) {
            checkKeywords(documentSchema(QString::fromLatin1(name)), spoken);
        }
    }

    void longTextDoesNotOverflowTheStack()
    {
        const QJsonObject object{{"id", QString(4'000'000, 'a')}, {"soak", QString(4'000'000, '1')}};
        QVERIFY(!schemaProblems("procedure", object).isEmpty());
    }

    void theNearestWordIsOffered()
    {
        const QStringList known{"low", "medium", "high", "critical"};
        QCOMPARE(nearestWord("hihg", known), "high");
        QCOMPARE(nearestWord("criticall", known), "critical");
        QVERIFY(!nearestWord("enormous", known));
        QVERIFY(!nearestWord("x", {}));
    }

    void furtherProblemsAtTheSamePlaceAreDropped()
    {
        const QList<Problem> first{{"/steps/1", "a"}};
        const QList<Problem> more{{"/steps/1", "b"}, {"/steps/1/id", "c"}, {"/steps/10", "d"}, {"/steps", "e"}};
        QCOMPARE(withFurtherProblems(first, more),
                 (QList<Problem>{{"/steps/1", "a"}, {"/steps/10", "d"}, {"/steps", "e"}}));
    }

private:
    static void checkKeywords(const QJsonObject& schema, const QStringList& spoken)
    {
        for (auto it = schema.begin(); it != schema.end(); ++it) {
            QVERIFY2(spoken.contains(it.key()), qUtf8Printable(it.key()));
            const bool named = it.key() == "properties" || it.key() == "definitions";
            const auto below = it.value();
            for (const auto& entry : below.toArray()) {
                checkKeywords(entry.toObject(), spoken);
            }
            if (!named) {
                checkKeywords(below.toObject(), spoken);
                continue;
            }
            for (const auto& entry : below.toObject()) {
                checkKeywords(entry.toObject(), spoken);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestDocumentSchema)
#include "tst_document_schema.moc"
