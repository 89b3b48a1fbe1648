// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QByteArray>
#include <QString>

#include <optional>

/// Files as the store needs them. Failures are StoreError with a sentence that says what to do about a full disk, a
/// read-only file system or missing rights; details carry {"path", "errno"}. Compiled for POSIX systems, the network
/// file systems for Linux.
namespace rc {

/// After success the file holds exactly these bytes, also after a power cut. Written beside it, synced, renamed over
/// it, and the directory synced: after a failure the file is as it was, unless only the last of these failed; then it
/// holds the new bytes, which a power cut may take back. The mode is set whatever the umask says.
[[nodiscard]] Status writeFileAtomically(const QString& path, const QByteArray& bytes, int mode = 0600);

/// The whole file. NotFound if there is none, StoreError if it cannot be read.
[[nodiscard]] Result<QByteArray> readFile(const QString& path);

/// Gives a finished file its name, for good: syncs it, renames it and syncs the directory. Conflict if there is
/// something under that name already; then the file keeps its old one.
[[nodiscard]] Status putInPlace(const QString& finished, const QString& path);

/// The whole file, which holds a secret. Looked at and read as one open file, so that nobody can put another in its
/// place in between. PermissionDenied if it belongs to neither this user nor root, or if others can read it; otherwise
/// as readFile().
[[nodiscard]] Result<QByteArray> readSecretFile(const QString& path);

/// Makes the directory with mode 0700, and its parents. One that is there already stays as it is: PermissionDenied if
/// it, or a link that stands in its place, belongs to another user, or if others have any right to it.
[[nodiscard]] Status ensurePrivateDirectory(const QString& path);

/// The name of the network file system that the path (or the nearest parent that exists) is on: "NFS", "SMB", "FUSE"
/// ... Nothing for a local one. Locks and shared memory are not to be trusted there. FUSE counts as one: sshfs is FUSE.
[[nodiscard]] std::optional<QString> networkFileSystem(const QString& path);

/// The file system that holds the file takes no writes at all, from nobody. False if that cannot be found out.
[[nodiscard]] bool isOnReadOnlyFileSystem(const QString& path);

} // namespace rc
