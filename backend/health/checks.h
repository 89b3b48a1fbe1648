// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/health/health_check_service.h"

namespace rc {

/// What a check of a plan found.
struct CheckResult
{
    bool passed = false;
    /// A sentence: what was seen.
    QString detail = {};
    /// Figures, and the outputs a step may declare.
    QJsonObject fields = {};

    /// `passed detail` and the fields beside them.
    [[nodiscard]] QJsonObject toJson() const;
};

using CheckFunction = std::function<QCoro::Task<Result<CheckResult>>(QJsonObject parameters, Operation operation)>;

/// The checks that procedures name, in `check` steps and in verifications:
///
/// | check | parameters | passes when |
/// |---|---|---|
/// | `systems_healthy` | `systems`, `within_seconds` (20) | all are healthy at the same time, before the time is up |
/// | `state_agreement` | `systems`, `within_seconds` (20) | block hash and computed state agree with the quorum |
/// | `height_advancing` | `systems`, `blocks` (2), `within_seconds` (30) | each node gets so many more blocks |
/// | `find_trusted_height` | `systems`, `height` (optional) | found; fields `height hash first_bad_height` |
///
/// An Error is a check that could not be made: unknown name, bad parameters, cancelled; not one that did not pass.
class Checks
{
public:
    Checks(HealthCheckService health, NetworkView view);

    /// Adds a check of another part of the backend, or replaces one.
    void add(const QString& name, const CheckFunction& function);
    /// Sorted.
    [[nodiscard]] QStringList knownChecks() const;
    /// NotFound, naming the known ones, for a check there is not.
    [[nodiscard]] Status has(const QString& name) const;
    /// The error of has() for a check there is not. `parameters` may still hold `check`.
    [[nodiscard]] QCoro::Task<Result<CheckResult>> run(QString name, QJsonObject parameters, Operation operation) const;

private:
    QHash<QString, CheckFunction> m_functions;
};

} // namespace rc
