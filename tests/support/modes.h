// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

#include <sys/stat.h>

namespace rc::test {

/// The mode of a file or directory; -1 if there is none.
[[nodiscard]] inline int modeOf(const QString& path)
{
    struct stat entry = {};
    return ::stat(QFile::encodeName(path).constData(), &entry) == 0 ? static_cast<int>(entry.st_mode & 07777) : -1;
}

} // namespace rc::test
