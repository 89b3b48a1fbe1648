// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/plan_facts.h"

#include "ui/words/json_words.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
namespace {

class Facts
{
public:
    void add(const QString& label, const QString& value, const QString& sha256 = {})
    {
        if (!value.isEmpty()) {
            m_rows.append({QString::number(m_rows.size()), label, value, sha256});
        }
    }
    void addAll(const QJsonObject& object, const QStringList& without = {})
    {
        for (auto entry = object.begin(); entry != object.end(); ++entry) {
            if (!without.contains(entry.key())) {
                add(labelOf(entry.key()), valueInWords(entry.key(), entry.value()));
            }
        }
    }
    [[nodiscard]] QList<FactRow> rows() const { return m_rows; }

private:
    QList<FactRow> m_rows;
};

void addArtifacts(Facts& facts, const QJsonArray& artifacts)
{
    for (const QJsonValue value : artifacts) {
        const auto artifact = value.toObject();
        const auto system = artifact["system"].toString(artifact["system_id"].toString());
        const auto title = words(artifact["kind"].toString()) + (system.isEmpty() ? QString() : " · " + system);
        const auto details = artifact["details"].toString();
        facts.add(title, details.isEmpty() ? artifact["id"].toString() : details);
    }
}

} // namespace

QList<FactRow> factsOf(const Plan& plan, qsizetype index)
{
    Facts facts;
    const auto& record = plan.steps[index];
    const auto resolved = plan.resolvedParameters(index);
    facts.addAll(resolved ? *resolved : plan.procedure.steps[index].parameters);
    for (const auto& approval : record.approvals) {
        const auto& said = approval.statement;
        facts.add("Approved by", QString("%1 as %2, to %3%4")
                                     .arg(said.approver.text(), words(said.role).toLower(), inWords(said.act),
                                          approval.used             ? QString()
                                          : record.isOver(approval) ? QString(", not used, and over")
                                                                    : QString(", not used yet")));
    }
    if (record.completedAt) {
        facts.add("Done by", record.completedBy.text());
        facts.add("Note", record.note);
        for (const QJsonValue evidence : record.evidence) {
            facts.add("Evidence", valueInWords({}, evidence["name"].isString() ? evidence["name"] : evidence["value"]),
                      keptFileOf(evidence.toObject()));
        }
        const bool told = !record.result.artifacts.isEmpty();
        facts.addAll(record.result.fields, told ? keysToldByArtifacts() : QStringList{});
        addArtifacts(facts, record.result.artifacts);
    }
    return facts.rows();
}

QList<CheckRow> checksOf(const Plan& plan, Timestamp now)
{
    QList<CheckRow> rows;
    for (const auto& check : plan.procedure.verification) {
        CheckRow row{check.id.text(), check.name, "Not run yet", Tone::Normal, {}, {}};
        for (const auto& result : plan.verificationResults) {
            if (result.id == check.id && result.attempt == plan.verificationAttempt) {
                row.stateText = result.passed ? QString("Passed") : QString("Not passed");
                row.tone = result.passed ? Tone::Done : Tone::Danger;
                row.detail = result.detail;
                row.age = plan.isOpen() ? growingSpan(now - result.at) + " ago" : utc(result.at);
            }
        }
        rows.append(row);
    }
    return rows;
}

QString checksAhead(const Plan& plan)
{
    if (plan.verifying || plan.allStepsDone() || !plan.verificationResults.isEmpty()) {
        return {};
    }
    return plan.isOpen() ? counted(plan.procedure.verification.size(), "check") + ", after the last step."
                         : counted(plan.procedure.verification.size(), "check") + ", never run.";
}

} // namespace rc::ui
