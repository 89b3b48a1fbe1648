// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QHash>

namespace rc::bench {

/// Megabytes (10^6 bytes) of this process in memory: all of it, and without what other programs map as well.
inline QString residentMemory()
{
    QFile file("/proc/self/smaps_rollup");
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("%s cannot be read", qPrintable(file.fileName()));
    }
    QHash<QString, double> megabytes;
    for (const auto& line : QString::fromUtf8(file.readAll()).split('\n')) {
        const auto words = line.simplified().split(' ');
        if (words.size() == 3 && words[2] == "kB") {
            megabytes.insert(words[0], words[1].toDouble() * 1024 / 1e6);
        }
    }
    return QString("%1 MB resident, %2 MB of them its own")
        .arg(megabytes["Rss:"], 0, 'f', 1)
        .arg(megabytes["Private_Clean:"] + megabytes["Private_Dirty:"], 0, 'f', 1);
}

} // namespace rc::bench
