// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace rc::test {

/// How often a test repeats itself: tests/counts.json by key, column `soak` if RC_TIER=soak, else `test`. Zero, which a
/// test has to refuse, when the key is not there.
inline int countOf(const QString& key)
{
    QFile file(RC_SOURCE_DIR "/tests/counts.json");
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QString tier = qEnvironmentVariable("RC_TIER") == "soak" ? "soak" : "test";
    return QJsonDocument::fromJson(file.readAll()).object()[key][tier].toInt();
}

} // namespace rc::test
