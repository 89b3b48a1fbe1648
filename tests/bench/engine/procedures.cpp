// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/engine/procedures.h"

#include <QString>

namespace rc::bench {
namespace {

constexpr int Branches = 10;
constexpr int Conditional = 7;
constexpr int Approved = 100;

QByteArray procedureOfSteps(const QByteArray& steps)
{
    return "id: bench\nversion: 1\nname: Bench\nincident_types: [state_corruption]\n"
           "required_roles: [incident_commander]\nmaximum_parallel: 10\nsteps:\n" +
           steps + "verification:\n  - {id: check, check: systems_healthy, parameters: {systems: [node-1]}}\n";
}

/// `more`: further fields.
QByteArray stepText(const QString& id, const QString& more)
{
    return QString("  - {id: %1, name: Step %1, action_type: check, outputs: [lag], parameters: {check: "
                   "systems_healthy, systems: [node-1]}%2}\n")
        .arg(id, more)
        .toUtf8();
}

} // namespace

QByteArray chainOf(int steps)
{
    QByteArray text;
    for (int i = 0; i < steps; ++i) {
        text += stepText(QString("step_%1").arg(i), {});
    }
    return procedureOfSteps(text);
}

QByteArray branchesOf(int steps)
{
    QByteArray text;
    for (int i = 0; i < steps; ++i) {
        const int depth = i / Branches;
        const auto before = QString("step_%1").arg(i - Branches);
        QString more = depth == 0 ? QString(", after: []") : QString(", after: [%1]").arg(before);
        // Never two in a row: what asks a step that was not needed is not needed either.
        if (depth % Conditional == Conditional - 1) {
            more += QString(R"(, when: [{value: "${steps.%1.result.lag}", at_least: %2}])")
                        .arg(before)
                        .arg(depth % 2 == 0 ? 1 : 100);
        } else if (depth % Approved == 1) {
            more += ", approvals: [{role: protocol_lead}]";
        }
        text += stepText(QString("step_%1").arg(i), more);
    }
    return procedureOfSteps(text);
}

} // namespace rc::bench
