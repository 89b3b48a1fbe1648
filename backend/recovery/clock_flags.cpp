// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/clock_flags.h"

#include "backend/recovery/streams.h"

#include <algorithm>

namespace rc {
namespace {

/// The first or the last row of a stream; nothing if it has none.
Result<std::optional<qint64>> endOf(Journal& journal, const QString& stream, bool first)
{
    const auto row = journal.sql().first(QString("SELECT sequence FROM journal WHERE stream = ? AND sequence > 0 "
                                                 "ORDER BY revision %1 LIMIT 1")
                                             .arg(first ? QString("ASC") : QString("DESC")),
                                         {stream});
    if (!row) {
        return std::unexpected(row.error());
    }
    return row->isEmpty() ? std::nullopt : std::optional(row->first().toLongLong());
}

} // namespace

Result<QList<ClockFlag>> clockFlagsOf(Journal& journal, const IncidentId& incident, const QList<Plan>& plans)
{
    QStringList streams{stream::incident(incident)};
    for (const auto& plan : plans) {
        streams.append(stream::plan(plan.id));
    }
    qint64 from = std::numeric_limits<qint64>::max();
    qint64 to = std::ranges::any_of(plans, &Plan::isOpen) ? from : 0;
    for (const auto& stream : streams) {
        const auto first = endOf(journal, stream, true);
        const auto last = first ? endOf(journal, stream, false) : first;
        if (!last) {
            return std::unexpected(last.error());
        }
        from = std::min(from, first->value_or(from));
        to = std::max(to, last->value_or(to));
    }
    return journal.clockFlags(from, to);
}

Result<QList<ClockFlag>> clockFlagsOf(Journal& journal, const Plan& plan)
{
    return clockFlagsOf(journal, plan.pins.incident.id, {plan});
}

QJsonArray toJson(const QList<ClockFlag>& flags)
{
    QJsonArray json;
    for (const auto& flag : flags) {
        json.append(flag.toJson());
    }
    return json;
}

} // namespace rc
