// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/pre_images.h"

#include "backend/recovery/streams.h"

namespace rc {

/// Where the journal says that the holder's step succeeded; 0 if nowhere, and for an action without a plan.
Result<qint64> PreImages::lastSuccess(const QString& holder)
{
    const auto records = m_journal.read(stream::plan(PlanId(holder.section('/', 0, 0))));
    if (!records) {
        return std::unexpected(records.error());
    }
    qint64 last = 0;
    for (const auto& record : *records) {
        if (record.kind == "step_succeeded" && record.body["step"].toString() == holder.section('/', 1)) {
            last = record.sequence;
        }
    }
    return last;
}

/// Empty if there is none. A restoration may also have ended by a probe that found it done.
Result<QString> PreImages::unfinished(const QString& holder, const SystemId& system)
{
    const auto records = m_journal.read(stream::Actions);
    const auto succeeded = lastSuccess(holder);
    if (!records || !succeeded) {
        return std::unexpected(records ? succeeded.error() : records.error());
    }
    QString backup;
    for (const auto& record : *records) {
        if (record.body["holder"].toString() != holder || record.body["system"].toString() != system.text()) {
            continue;
        }
        if (record.kind == kind::RestorationBegun && record.sequence > *succeeded) {
            backup = record.body["backup"].toString();
        } else if (record.kind == kind::RestorationEnded) {
            backup.clear();
        }
    }
    return backup;
}

Result<QString> PreImages::take(const ActionContext& context, const SystemId& system, const TargetState& target)
{
    const auto kept = unfinished(context.holder, system);
    if (!kept || !kept->isEmpty()) {
        return kept;
    }
    const auto backup = m_restoration.capture(system, target);
    if (!backup) {
        return std::unexpected(backup.error());
    }
    const auto recorded = context.record(kind::RestorationBegun, {{"system", system.text()}, {"backup", backup->id}});
    return recorded ? Result<QString>(backup->id) : std::unexpected(recorded.error());
}

Status PreImages::conclude(const ActionContext& context, const SystemId& system, const QString& backup, bool restored)
{
    if (!restored && !m_restoration.isInPlace(backup)) {
        return {};
    }
    return context.record(kind::RestorationEnded, {{"system", system.text()}, {"restored", restored}});
}

} // namespace rc
