// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/result/restart_result.h"
#include "model/result/restoration_result.h"
#include "model/system/configuration.h"

#include <QTest>

using namespace rc;
using namespace std::chrono_literals;

namespace {

const SystemId Node("validator-3");
const Timestamp Noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 12h};

ConfigurationVersion version(int number, const SystemId& system = Node)
{
    ConfigurationVersion version{.system = system,
                                 .version = number,
                                 .hash = {},
                                 .files = {{"node.json", sha256Hex(QByteArray::number(number)), 1, 0640}},
                                 .note = "as found",
                                 .createdBy = OperatorId("ben"),
                                 .createdAt = Noon - 24h};
    version.hash = manifestHash(version.files);
    return version;
}

TrustMark mark(int number, Timestamp at, const QList<Role>& roles = {Role::SecurityAnalyst})
{
    return {Node, number, version(number).hash, OperatorId("ben"), roles, at, {}, {}};
}

TrustMark revoked(TrustMark mark, Timestamp at)
{
    mark.revokedAt = at;
    return mark;
}

struct Case
{
    QList<TrustMark> marks;
    std::optional<Timestamp> since = Noon;
    /// 0: none.
    int expected = 0;
    QString because = {};
};

} // namespace
Q_DECLARE_METATYPE(Case)

class TestConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lastKnownGoodIsTheNewestMarkedBefore_data()
    {
        QTest::addColumn<Case>("rule");
        const auto add = [](const char* name, const Case& rule) { QTest::newRow(name) << rule; };
        add("no marks", {.marks = {}, .because = "version 2 was never marked as good"});
        add("one mark before", {.marks = {mark(1, Noon - 1s)}, .expected = 1});
        add("the newest of two", {.marks = {mark(2, Noon - 2h), mark(1, Noon - 1h)}, .expected = 2});
        add("marked only after",
            {.marks = {mark(2, Noon + 1s)}, .because = "version 2 was marked as good only at 2026"});
        add("the older one, when the newer was marked after",
            {.marks = {mark(1, Noon - 1h), mark(2, Noon + 1h)}, .expected = 1});
        add("in the whole second that was named", {.marks = {mark(2, Noon + 999ms)}, .expected = 2});
        add("in the very millisecond that was named with a fraction",
            {.marks = {mark(2, Noon + 500ms)}, .since = Noon + 500ms, .because = "only at"});
        add("a millisecond before the named fraction",
            {.marks = {mark(2, Noon + 499ms)}, .since = Noon + 500ms, .expected = 2});
        add("taken back", {.marks = {revoked(mark(2, Noon - 1h), Noon + 1h)}, .because = "taken back"});
        add("taken back, and marked again before",
            {.marks = {revoked(mark(2, Noon - 2h), Noon - 90min), mark(2, Noon - 1h)}, .expected = 2});
        add("marked by somebody without the role",
            {.marks = {mark(2, Noon - 1h, {Role::NodeOperator, Role::Administrator})}, .because = "no role"});
        add("no time of compromise", {.marks = {mark(2, Noon + 100h)}, .since = {}, .expected = 2});
        add("a mark of a version that does not exist", {.marks = {mark(9, Noon - 1h)}, .because = "2 versions"});
    }
    void lastKnownGoodIsTheNewestMarkedBefore()
    {
        QFETCH(Case, rule);
        const auto good = lastKnownGood(Node, {version(1), version(2)}, rule.marks, rule.since);
        if (rule.expected > 0) {
            QVERIFY2(good, qPrintable(good ? QString() : good.error().message));
            QCOMPARE(good->version, rule.expected);
            return;
        }
        QVERIFY(!good);
        QCOMPARE(good.error().code, ErrorCode::NoKnownGood);
        QVERIFY2(good.error().message.contains("validator-3"), qPrintable(good.error().message));
        QVERIFY2(good.error().message.contains(rule.because), qPrintable(good.error().message));
        QCOMPARE(good.error().details["versions"].toInt(), 2);
    }

    void otherSystemsDoNotLendTheirVersions()
    {
        const auto good = lastKnownGood(SystemId("database"), {version(1), version(2)}, {mark(1, Noon - 1h)}, Noon);
        QVERIFY(!good);
        QVERIFY2(good.error().message.contains("no version of it was ever imported"), qPrintable(good.error().message));
    }

    void theIdFollowsContentAndModeAndNothingElse()
    {
        auto other = version(1);
        other.files.append({"peers/a.json", sha256Hex("a"), 1, 0600});
        auto turned = other;
        std::ranges::reverse(turned.files);
        QCOMPARE(manifestHash(turned.files), manifestHash(other.files));
        turned.files[0].mode = 0644;
        QVERIFY(manifestHash(turned.files) != manifestHash(other.files));
        QVERIFY(manifestHash(other.files) != version(1).hash);
        QCOMPARE(version(1).id().size(), 16);
        QVERIFY(version(1).hash.startsWith(version(1).id()));
    }

    void versionsSurviveTheirJson() { QCOMPARE(configurationVersionFromJson(toJson(version(2))), version(2)); }

    void targetsAreReadAsTheCommandLineWritesThem()
    {
        QCOMPARE(targetStateFrom("last-known-good", Noon), TargetState::lastKnownGood(Noon));
        QCOMPARE(targetStateFrom("last_known_good", {}), TargetState::lastKnownGood({}));
        QCOMPARE(targetStateFrom("version:12", Noon), TargetState::configurationVersion(12));
        QCOMPARE(targetStateFrom("config:0123456789abcdef", Noon), TargetState::specific("0123456789abcdef"));
        QCOMPARE(targetStateFrom("version:0", {}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(targetStateFrom("version:x", {}).error().code, ErrorCode::InvalidInput);
        for (const QString& text : QStringList{"snapshot:3", "config:", "latest", ""}) {
            QCOMPARE(targetStateFrom(text, {}).error().code, ErrorCode::UnsupportedTargetState);
        }
        QVERIFY(targetStateFrom("snapshot:3", {}).error().message.contains("snapshot:3"));
    }

    void restorationsHaveTheShapeOfTheCommandLine()
    {
        const RestorationResult result{.systemId = Node,
                                       .success = true,
                                       .timestamp = Noon,
                                       .details = restoredSentence("Node", Node, 7),
                                       .verificationResults = {{"process", true, "It runs."}},
                                       .artifacts = {QJsonObject{{"kind", "backup"}}}};
        QCOMPARE(canonicalJson(toJson(result)),
                 QByteArray(R"({"artifacts":[{"kind":"backup"}],"details":"Node validator-3 restored to configuration )"
                            R"(version 7","success":true,"system_id":"validator-3",)"
                            R"("timestamp":"2026-11-23T12:00:00.000Z","verification_results":)"
                            R"([{"detail":"It runs.","name":"process","passed":true}]})"));
        const auto preview = toJson(RestorationPreview{Node, Noon, "x", "--- a", {"Stop validator-3."}});
        QCOMPARE(preview["diff"].toString(), "--- a");
        QCOMPARE(preview["actions"].toArray().size(), 1);
        QCOMPARE(preview["system_id"].toString(), "validator-3");
    }

    void restartsHaveTheShapeOfTheCommandLine()
    {
        const SystemId gateway("gateway");
        const RestartResult restarted{.serviceId = Node,
                                      .timestamp = Noon,
                                      .outcome = RestartOutcome::Restarted,
                                      .stop = 20ms,
                                      .start = 310ms,
                                      .health = HealthState::Healthy,
                                      .message = restartedSentence(Node)};
        RestartResult skipped{.serviceId = gateway, .timestamp = Noon, .outcome = RestartOutcome::Skipped};
        skipped.because = "database";
        const MultiRestartResult all{{gateway, Node}, {restarted, skipped}, Noon};
        const auto json = toJson(all);
        QCOMPARE(json["all_successful"].toBool(true), false);
        const auto first = json["results"][0].toObject();
        QCOMPARE(first["outcome"].toString(), "restarted");
        QCOMPARE(first["stop_ms"].toInt(), 20);
        QCOMPARE(first["health"].toString(), "healthy");
        QCOMPARE(first["message"].toString(), "Service validator-3 restarted successfully");
        QVERIFY(first["dependencies_restarted"].isArray());
        QVERIFY(json["results"][1]["stop_ms"].isNull());
        QCOMPARE(json["results"][1]["because"].toString(), "database");
        QCOMPARE(restartFailedSentence(gateway, "it ended."), "Failed to restart service gateway: it ended.");
    }

    void anOrderHasTheShapeOfTheCommandLine()
    {
        const ServiceOrder order{{Node}, {{Node}}, {Node}, 5s};
        QCOMPARE(canonicalJson(toJson(order)),
                 QByteArray(R"({"critical_path":["validator-3"],"estimate_ms":5000,"order":["validator-3"],)"
                            R"("waves":[["validator-3"]]})"));
    }
};

QTEST_GUILESS_MAIN(TestConfiguration)
#include "tst_configuration.moc"
