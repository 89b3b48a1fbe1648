// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

#include <optional>

#include <sys/stat.h>

namespace rc {

/// Which file stands at a path: two names of one file are equal, a file put in another's place is not. POSIX.
struct FileIdentity
{
    quint64 device = 0;
    quint64 inode = 0;

    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// Nothing, if there is no file or it cannot be reached. Looks without opening.
[[nodiscard]] inline std::optional<FileIdentity> fileIdentity(const QString& path)
{
    struct stat entry = {};
    if (::stat(QFile::encodeName(path).constData(), &entry) != 0) {
        return std::nullopt;
    }
    return FileIdentity{.device = entry.st_dev, .inode = entry.st_ino};
}

} // namespace rc
