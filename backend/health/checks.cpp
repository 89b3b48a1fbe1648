// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/health/checks.h"

#include "backend/health/check_functions.h"

namespace rc {
namespace {

CheckTask unknownCheck(Error error)
{
    co_return std::unexpected(error);
}

} // namespace

QJsonObject CheckResult::toJson() const
{
    auto object = fields;
    object["passed"] = passed;
    object["detail"] = detail;
    return object;
}

Checks::Checks(HealthCheckService health, NetworkView view)
{
    add("systems_healthy", [health](const QJsonObject& parameters, const Operation& operation) {
        return systemsHealthy(health, parameters, operation);
    });
    add("state_agreement", [health](const QJsonObject& parameters, const Operation& operation) {
        return stateAgreement(health, parameters, operation);
    });
    add("height_advancing", [view](const QJsonObject& parameters, const Operation& operation) {
        return heightAdvancing(view, parameters, operation);
    });
    add("find_trusted_height", [view](const QJsonObject& parameters, const Operation& operation) {
        return findTrustedHeight(view, parameters, operation);
    });
}

void Checks::add(const QString& name, const CheckFunction& function)
{
    m_functions.insert(name, function);
}

QStringList Checks::knownChecks() const
{
    auto names = m_functions.keys();
    names.sort();
    return names;
}

Status Checks::has(const QString& name) const
{
    if (m_functions.contains(name)) {
        return {};
    }
    return fail(ErrorCode::NotFound,
                QString("There is no check '%1'; there are: %2.").arg(name, knownChecks().join(", ")));
}

QCoro::Task<Result<CheckResult>> Checks::run(QString name, QJsonObject parameters, Operation operation) const
{
    const auto there = has(name);
    return there ? m_functions[name](std::move(parameters), std::move(operation)) : unknownCheck(there.error());
}

} // namespace rc
