// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/platform/child_processes.h"
#include "model/base/json.h"

namespace rc {

/// A child is running while its leader lives; what the leader left behind does not count.
enum class ChildState {
    Running,
    Exited,
};
template <>
inline constexpr auto enumIds<ChildState> = std::to_array<QLatin1StringView>({
    QLatin1StringView("running"),
    QLatin1StringView("exited"),
});

/// What the supervisor knows of one child, as it answers and as it keeps it in HOME/run/children.json.
struct ChildRecord
{
    /// Chosen by whoever started it; a system's id.
    QString id = {};
    QString program = {};
    QString log = {};
    /// Of this one start; in the mark that the child and whatever it starts bear.
    QString run = {};
    ProcessIdentity process = {};
    ChildState state = ChildState::Running;
    /// At most one of the two; neither while running, and neither for a child that ended when no supervisor was its
    /// parent, because then nobody was told.
    std::optional<int> exitCode = {};
    std::optional<int> exitSignal = {};
    Timestamp startedAt = {};
    /// It was told to stop while it ran: how it ended says little of whether it did what it was started for.
    bool stopped = false;
    /// When its end was noticed.
    std::optional<Timestamp> endedAt = {};

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static ChildRecord fromJson(const QJsonObject& object);
    /// "running", "exited with code 3", "ended by signal 9", "ended".
    [[nodiscard]] QString stateText() const;

    friend bool operator==(const ChildRecord&, const ChildRecord&) = default;
};

/// The files of a home's supervisor.
struct SupervisorFiles
{
    explicit SupervisorFiles(const QString& home);

    QString directory = {};
    /// Held by the supervisor for life.
    QString lock = {};
    /// {"socket": path, "process": ProcessIdentity}, written once the socket answers.
    QString address = {};
    QString children = {};
    /// What a supervisor started by a client has to say.
    QString log = {};
};

} // namespace rc
