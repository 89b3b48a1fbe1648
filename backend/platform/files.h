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

/// After success the file holds exactly these bytes, also after a power cut; after a failure it is as it was. Written
/// beside it, synced, renamed over it, and the directory synced. The mode is set whatever the umask says.
[[nodiscard]] Status writeFileAtomically(const QString& path, const QByteArray& bytes, int mode = 0600);

/// The whole file. NotFound if there is none, StoreError if it cannot be read.
[[nodiscard]] Result<QByteArray> readFile(const QString& path);

/// Makes the directory and its parents, and sets its mode to 0700. PermissionDenied if it, or a link that stands in its
/// place, belongs to another user.
[[nodiscard]] Status ensurePrivateDirectory(const QString& path);

/// True if the group or everybody may read the file: such a file is not a place for a secret. NotFound if there is
/// none.
[[nodiscard]] Result<bool> isReadableByOthers(const QString& path);

/// The name of the network file system that the path (or the nearest parent that exists) is on: "NFS", "SMB", "FUSE"
/// ... Nothing for a local one. Locks and shared memory are not to be trusted there. FUSE counts as one: sshfs is FUSE.
[[nodiscard]] std::optional<QString> networkFileSystem(const QString& path);

} // namespace rc
