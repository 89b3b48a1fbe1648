// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QList>
#include <QString>
#include <QStringList>

#include <compare>

namespace rc {

/// A text id that cannot be mistaken for an id of another kind: `Id<struct PlanTag>` and `Id<struct StepTag>` do not
/// mix.
template <class Tag>
class Id
{
public:
    Id() = default;
    explicit Id(QString text)
        : m_text(std::move(text))
    {
    }

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }

    friend bool operator==(const Id&, const Id&) = default;
    friend std::strong_ordering operator<=>(const Id& a, const Id& b)
    {
        const int order = a.m_text.compare(b.m_text);
        return order <=> 0;
    }
    friend size_t qHash(const Id& id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

using OperatorId = Id<struct OperatorTag>;
using IncidentId = Id<struct IncidentTag>;
using ProcedureId = Id<struct ProcedureTag>;
using PlanId = Id<struct PlanTag>;
using StepId = Id<struct StepTag>;
using VerificationId = Id<struct VerificationTag>;
using SystemId = Id<struct SystemTag>;

/// As a sentence lists them: `validator-1, validator-2`.
template <class Tag>
[[nodiscard]] QString namesOf(const QList<Id<Tag>>& ids)
{
    QStringList names;
    for (const auto& id : ids) {
        names.append(id.text());
    }
    return names.join(", ");
}

} // namespace rc
