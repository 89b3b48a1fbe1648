// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/runtime_directory.h"

#include "backend/platform/files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace rc {

Result<QString> runtimeDirectory()
{
    constexpr qsizetype longest = 60;
    const auto name = QString("prozchain-recovery-%1").arg(::geteuid());
    auto failure = fail(ErrorCode::StoreError, "There is no directory for local sockets.");
    for (const auto& parent : {qEnvironmentVariable("XDG_RUNTIME_DIR"), QDir::tempPath(), QString("/tmp")}) {
        auto path = QDir::cleanPath(parent + "/" + name);
        if (!QFileInfo(parent).isDir() || !QDir::isAbsolutePath(path) || QFile::encodeName(path).size() > longest) {
            continue;
        }
        const auto made = ensurePrivateDirectory(path);
        if (made) {
            return path;
        }
        failure = std::unexpected(made.error());
    }
    return failure;
}

} // namespace rc
