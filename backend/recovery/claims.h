// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/journal.h"
#include "model/base/id.h"

namespace rc {

/// One hand on a system (product rule 4): claims are journaled before the intent of an action and released with its
/// outcome, in the same transactions.
class Claims
{
public:
    /// Who holds a system: a plan's step, or an action without a plan.
    struct Holder
    {
        /// `PLAN-1/roll_back` or the id of an action.
        QString name;
        OperatorId operatorId;
        QString executor;
    };

    explicit Claims(Journal& journal)
        : m_journal(journal)
    {
    }

    /// Adds claims on the systems to an append, with the revisions that keep two from claiming at once. Busy when
    /// another holder has one of them; a claim the holder has already (from an interrupted attempt) is kept. A claim of
    /// an action without a plan whose process is dead is taken over: that is journaled, and all that the action held is
    /// free. A plan's claim never is, its step has to be settled first.
    [[nodiscard]] Status take(Append& append, const QList<SystemId>& systems, const Holder& holder);
    /// Adds the release of all that the holder has.
    [[nodiscard]] Status release(Append& append, const QString& holder);

    /// A system that is held, with the sentence about by whom.
    struct Held
    {
        SystemId system;
        QString holder;
        QString sentence;
    };
    /// All that is held now, for people to see. What take() would take over is not among it.
    [[nodiscard]] Result<QList<Held>> held();
    /// The systems that actions without a plan hold whose process is dead, by action.
    [[nodiscard]] Result<QMap<QString, QList<SystemId>>> abandoned();

private:
    /// Adds the end of an action whose process is dead.
    [[nodiscard]] Status abandon(Append& append, const QString& holder);
    template <class Take>
    [[nodiscard]] Status eachClaim(Take take);

    Journal& m_journal;
};

} // namespace rc
