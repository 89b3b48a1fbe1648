// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/process_identity.h"

#include <QFile>
#include <QSysInfo>

#include <unistd.h>

namespace rc {

namespace {

/// What /proc/PID/stat says; see proc(5).
struct ProcessStat
{
    char state = 'X';
    QString startTime;
};

std::optional<ProcessStat> readStat(qint64 pid)
{
    QFile file(QString("/proc/%1/stat").arg(pid));
    if (pid <= 0 || !file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    // The command name stands in brackets and may itself hold spaces and brackets; what follows is plain.
    const auto content = file.readAll();
    const auto fields = content.mid(content.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype stateField = 3 - 3;
    constexpr qsizetype startTimeField = 22 - 3;
    if (fields.size() <= startTimeField) {
        return std::nullopt;
    }
    return ProcessStat{fields[stateField].at(0), QString::fromLatin1(fields[startTimeField])};
}

} // namespace

QJsonObject ProcessIdentity::toJson() const
{
    return {{"pid", pid}, {"start_time", startTime}, {"boot_id", bootId}, {"host", host}};
}

ProcessIdentity ProcessIdentity::fromJson(const QJsonObject& object)
{
    return {object["pid"].toInteger(), object["start_time"].toString(), object["boot_id"].toString(),
            object["host"].toString()};
}

ProcessIdentity currentProcess()
{
    return identify(::getpid()).value_or(ProcessIdentity{});
}

std::optional<ProcessIdentity> identify(qint64 pid)
{
    const auto stat = readStat(pid);
    if (!stat) {
        return std::nullopt;
    }
    return ProcessIdentity{pid, stat->startTime, QString::fromLatin1(QSysInfo::bootUniqueId()),
                           QSysInfo::machineHostName()};
}

bool isAlive(const ProcessIdentity& identity)
{
    const auto stat = readStat(identity.pid);
    return stat && stat->state != 'Z' && stat->state != 'X' && stat->startTime == identity.startTime &&
           identity.bootId == QString::fromLatin1(QSysInfo::bootUniqueId());
}

} // namespace rc
