// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/report_document.h"
#include "backend/recovery/streams.h"
#include "tests/support/plan_run.h"

namespace rc::test {

/// A recovery with everything that a report has to tell: a failed attempt, an approval, a skipped step, a verification
/// that failed once, a declaration. Made by the model's own rules, so that a report is tested on what plans really are.
class ReportStory
{
public:
    /// How far it is told.
    enum class Until {
        /// The configuration could not be restored once, and somebody wants to try again.
        Retry,
        /// All was done, and the first verification did not pass.
        Reopened,
        End,
    };

    explicit ReportStory(Until until)
        : ReportStory(standardNames(), until)
    {
    }
    explicit ReportStory(const QStringList& names = standardNames(), Until until = Until::End)
        : m_run(command(names))
    {
        m_run.wait(std::chrono::minutes(1));
        m_run.does(olga, start("confirm"));
        m_run.wait(std::chrono::minutes(2));
        m_run.does(olga, CompleteStep{StepId("confirm"), good(), "Only validator-3 differs", evidence()});
        step("restore", bad("The disk was full"));
        m_run.does(olga, retry("restore"));
        if (until == Until::Retry) {
            return;
        }
        step("restore", {true, "Configuration restored", {{"version", 4}}, artifacts(), Timestamp()});
        m_run.approves(ben, "roll_back");
        step("roll_back",
             {true, "Rolled back", {{"hash", sha256Hex("block")}, {"height", 18203}}, rollback(), Timestamp()});
        step("restart");
        verify(false);
        if (until == Until::Reopened) {
            return;
        }
        step("restart");
        verify(true);
        m_run.wait(std::chrono::minutes(5));
        verify(true);
        m_run.wait(std::chrono::minutes(1));
        m_run.declares(olga);
    }

    static QStringList standardNames()
    {
        return {"Confirm what is affected", "Restore the configuration", "Go back to the trusted height",
                "Restart the systems"};
    }
    static QJsonArray evidence()
    {
        return {QJsonObject{{"kind", "file"}, {"name", "heads.json"}, {"sha256", sha256Hex("heads")}, {"size", 812}},
                QJsonObject{{"kind", "figure"}, {"value", "first bad height 18204"}}};
    }
    static QJsonArray artifacts()
    {
        return {QJsonObject{{"kind", "configuration_application"},
                            {"system_id", "validator-3"},
                            {"version", 4},
                            {"hash", sha256Hex("configuration")},
                            {"success", true}}};
    }

    static QJsonArray rollback()
    {
        return {QJsonObject{{"kind", "rollback"},
                            {"system", "validator-3"},
                            {"from_height", 18207},
                            {"to_height", 18203},
                            {"blocks", 4},
                            {"success", true}}};
    }

    [[nodiscard]] const Plan& plan() const { return m_run.plan; }
    /// To go on with the story.
    [[nodiscard]] PlanRun& run() { return m_run; }
    void step(const QString& id, const StepResult& result = good())
    {
        m_run.wait(std::chrono::minutes(1));
        m_run.does(olga, start(id));
        m_run.wait(std::chrono::minutes(2));
        m_run.does(olga, outcome(id, result, m_run.attempts(id)));
    }

    /// What recoveryctl hands to the program.
    [[nodiscard]] QJsonObject document() const
    {
        return {
            {"kind", "plan"},
            {"generated_at", toRfc3339(m_run.now)},
            {"store", "6c1d0f4e-2f0b-4e0a-9d8b-1f6f8f0a7c55"},
            {"program_version", "0.1.0"},
            {"incident", toJson(m_run.plan.pins.incident)},
            {"plan", reportPlan(m_run.plan, m_run.now)},
            {"approvals_and_denials",
             QJsonArray{QJsonObject{{"at", toRfc3339(m_run.now)}, {"operator", "olga"}, {"what", "Denied: own step"}}}},
            {"journal", journal()},
            {"events", events()}};
    }

private:
    static StartPlan command(const QStringList& names)
    {
        ProcedureBuilder builder;
        builder.manual("confirm").automated("restore").automated("roll_back").approvedBy(Role::ProtocolLead);
        builder.irreversible().automated("restart").check("health", "restart");
        auto procedure = builder.build();
        procedure.rto = std::chrono::hours(2);
        procedure.soak = std::chrono::minutes(5);
        for (qsizetype i = 0; i < names.size(); ++i) {
            procedure.steps[i].name = names[i];
            procedure.steps[i].expectedDuration = std::chrono::minutes(3);
        }
        auto start = startOf(procedure);
        start.pins.planHash = sha256Hex("plan");
        start.pins.procedureHash = sha256Hex("procedure");
        start.pins.inventoryHash = sha256Hex("inventory");
        return start;
    }

    void verify(bool passed)
    {
        m_run.does(olga, StartVerification{desk});
        m_run.wait(std::chrono::minutes(1));
        m_run.does(olga, FinishVerification{desk.id, {answer("health", passed)}});
    }

    static QJsonObject journal()
    {
        return {{"from", 1},        {"to", 30},    {"records", 42}, {"head_hash", sha256Hex("head")},
                {"verified", true}, {"reason", ""}};
    }

    [[nodiscard]] QJsonArray events() const
    {
        QJsonArray events;
        for (const auto& row : m_run.rows) {
            Record record;
            record.sequence = events.size() + 1;
            record.stream = stream::plan(m_run.plan.id);
            record.time = row.at;
            record.operatorId = row.by;
            record.kind = row.kind;
            record.body = QJsonDocument::fromJson(row.body).object();
            events.append(reportEvent(record));
        }
        return events;
    }

    PlanRun m_run;
};

/// The document in which the files of evidence were found so; "sound", "missing", "altered".
inline QJsonObject withEvidence(QJsonObject document, const QString& state, const QString& trouble)
{
    auto plan = document["plan"].toObject();
    for (const auto& key : QStringList{"steps", "completed_steps"}) {
        auto owners = plan[key].toArray();
        for (auto&& owner : owners) {
            auto object = owner.toObject();
            auto evidence = object["evidence"].toArray();
            for (auto&& item : evidence) {
                auto entry = item.toObject();
                if (entry["kind"] == "file") {
                    entry["state"] = state;
                    entry["trouble"] = trouble;
                    item = entry;
                }
            }
            object["evidence"] = evidence;
            owner = object;
        }
        plan[key] = owners;
    }
    document["plan"] = plan;
    return document;
}

/// The document with another plan field.
inline QJsonObject withPlan(QJsonObject document, const QString& key, const QJsonValue& value)
{
    auto plan = document["plan"].toObject();
    plan[key] = value;
    document["plan"] = plan;
    return document;
}

} // namespace rc::test
