// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/id.h"
#include "model/base/json.h"

#include <QHash>

namespace rc {

/// What the work at a plan said at some time.
struct LiveLine
{
    Timestamp at;
    QString text;

    friend bool operator==(const LiveLine&, const LiveLine&) = default;
};

/// What work at plans says while it goes on, for everybody who looks at the home: HOME/live/PLAN.lines, a JSON object
/// per line, appended by whoever works. Beside the journal: no record, not signed, bounded in length, and its loss
/// loses nothing but what was to be read on a screen. So nothing here fails; what cannot be written or read is not
/// there.
class LiveLines
{
public:
    explicit LiveLines(const QString& home);

    void say(const PlanId& plan, const LiveLine& line) const;
    /// The last lines, of whomever; news() goes on from there.
    [[nodiscard]] QList<LiveLine> recent(const PlanId& plan);
    /// What others have said since; of a plan not asked for before, since its beginning.
    [[nodiscard]] QList<LiveLine> news(const PlanId& plan);

private:
    [[nodiscard]] QString fileFor(const PlanId& plan) const;
    [[nodiscard]] QByteArray readOn(const PlanId& plan);

    QString m_directory;
    QString m_writer;
    /// How far each file was read.
    QHash<PlanId, qint64> m_read;
};

} // namespace rc
