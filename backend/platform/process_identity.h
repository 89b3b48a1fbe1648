// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace rc {

/// Names one process for good: a pid alone is used again. Written into intents, lock files and the supervisor's table.
/// Compiled for Linux (/proc).
struct ProcessIdentity
{
    qint64 pid = 0;
    /// Opaque; on Linux field 22 of /proc/PID/stat, clock ticks since boot.
    QString startTime;
    QString bootId;
    QString host;

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static ProcessIdentity fromJson(const QJsonObject& object);

    friend bool operator==(const ProcessIdentity&, const ProcessIdentity&) = default;
};

[[nodiscard]] ProcessIdentity currentProcess();
/// Nothing, if there is no such process. A zombie still has an identity.
[[nodiscard]] std::optional<ProcessIdentity> identify(qint64 pid);
/// True while this very process runs here: same boot, same pid, same start time, and neither zombie nor dead.
[[nodiscard]] bool isAlive(const ProcessIdentity& identity);

} // namespace rc
