// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/system/configuration.h"

/// Configuration files in the place where a system reads them. A path that leaves its directory, by itself or through a
/// link, is InvalidInput.
namespace rc {

struct FileContent
{
    ConfigurationFile file;
    QByteArray bytes;
};

/// Where a file lies, links followed. NotFound if there is no such directory. The file need not exist.
[[nodiscard]] Result<QString> placeOf(const QString& directory, const QString& path);
/// Nothing, if there is no such file.
[[nodiscard]] Result<std::optional<FileContent>> readContent(const QString& directory, const QString& path);
/// All of them; a missing one is NotFound.
[[nodiscard]] Result<QList<FileContent>> readContents(const QString& directory, const QStringList& paths);
/// The manifest of those that exist.
[[nodiscard]] Result<QList<ConfigurationFile>> manifestOf(const QString& directory, const QStringList& paths);
/// Atomically, with the mode of the file; makes the directories on the way.
[[nodiscard]] Status writeContent(const QString& directory, const FileContent& content);
/// Whether all the files could be replaced, and would keep owner and group. Makes and removes a temporary file beside
/// each.
[[nodiscard]] Status tryReplacing(const QString& directory, const QStringList& paths);

[[nodiscard]] QStringList pathsOf(const QList<ConfigurationFile>& files);

} // namespace rc
