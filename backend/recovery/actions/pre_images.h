// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/journal.h"
#include "backend/recovery/action.h"
#include "backend/restoration/system_restoration_service.h"

namespace rc {

/// The files of systems as they were before a step touched them (product rule 8). Which backup they are is journaled
/// before the system is stopped; a step that died on its way and is run again goes back, if it has to, to what there
/// was before its first attempt and not to what that attempt left.
class PreImages
{
public:
    /// Both must outlive it.
    PreImages(Journal& journal, SystemRestorationService& restoration)
        : m_journal(journal)
        , m_restoration(restoration)
    {
    }

    /// The id of the backup to go back to: that of an attempt of the same holder that has not come to an end, else a
    /// new one.
    [[nodiscard]] Result<QString> take(const ActionContext& context, const SystemId& system, const TargetState& target);
    /// To be called after the restoration. It has come to an end if it is `restored` or the pre-image is in place.
    [[nodiscard]] Status conclude(const ActionContext& context, const SystemId& system, const QString& backup,
                                  bool restored);

private:
    [[nodiscard]] Result<QString> unfinished(const QString& holder, const SystemId& system);
    [[nodiscard]] Result<qint64> lastSuccess(const QString& holder);

    Journal& m_journal;
    SystemRestorationService& m_restoration;
};

} // namespace rc
