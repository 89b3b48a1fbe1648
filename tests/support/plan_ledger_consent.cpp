// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_ledger.h"

namespace rc::test {

QString PlanLedger::consentMissing(qsizetype index, const QJsonArray& nonces, const QString& runner, const QString& act,
                                   Timestamp now)
{
    const auto& step = m_procedure.steps[index];
    QHash<QString, QSet<QString>> peopleByRole;
    for (const auto& nonce : nonces) {
        auto& consent = m_consents[nonce.toString()];
        if (consent.used || consent.over || consent.step != step.id.text() || consent.act != act ||
            consent.attempt != m_steps[index].attempt || consent.expires <= now) {
            return "an approval is for one attempt of one step, once, and for a while";
        }
        if (consent.person == runner || consent.person == m_starter || consent.person == m_armedBy ||
            m_steps[index].hands.contains(consent.person)) {
            return "nobody is both sides of a check";
        }
        consent.used = true;
        peopleByRole[consent.role].insert(consent.person);
    }
    for (const auto& need : step.approvals) {
        if (peopleByRole[idOf(need.role)].size() < need.count) {
            return "nothing starts, and nothing is done without, unless it is approved";
        }
    }
    return {};
}

void PlanLedger::endOtherConsents(qsizetype index, const QString& begun)
{
    for (auto& consent : m_consents) {
        const bool ofStep = consent.step == m_procedure.steps[index].id.text();
        consent.over = consent.over || (ofStep && !consent.used && consent.act != begun);
    }
}

QString PlanLedger::approved(const QJsonObject& body, const Actor& actor, Timestamp now)
{
    const auto statement = QJsonDocument::fromJson(body["statement"].toString().toUtf8()).object();
    const auto index = at(statement);
    const Consent consent{actor.id.text(),
                          statement["role"].toString(),
                          statement["step"].toString(),
                          statement["act"].toString("run"),
                          statement["attempt"].toInt(),
                          *fromRfc3339(statement["expires"].toString()),
                          false};
    if (consent.person != statement["operator"].toString() || !actor.has(*fromId<Role>(consent.role))) {
        return "a person approves for themselves, in a role they have";
    }
    if (consent.person == m_starter || consent.person == m_armedBy || m_steps[index].hands.contains(consent.person)) {
        return "who started, armed or ran does not approve";
    }
    const QString nonce = statement["nonce"].toString();
    if (m_consents.contains(nonce) || consent.attempt != m_steps[index].attempt || consent.expires <= now) {
        return "an approval is given once, for the attempt that waits";
    }
    m_consents.insert(nonce, consent);
    return {};
}

} // namespace rc::test
