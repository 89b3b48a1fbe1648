// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/system_error.h"

#include <cerrno>
#include <system_error>

namespace rc {

static QString reason(int code)
{
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return "the disk is full. Free some space and try again.";
    case EROFS:
        return "the file system is read-only.";
    case EACCES:
    case EPERM:
        return "permission denied. Check who owns the directory and its mode.";
    case EMFILE:
    case ENFILE:
        return "too many files are open.";
    default:
        return QString::fromStdString(std::generic_category().message(code)) + ".";
    }
}

std::unexpected<Error> failFromErrno(const QString& cannot, const QString& path)
{
    const int code = errno;
    return fail(ErrorCode::StoreError, cannot + ": " + reason(code), {{"path", path}, {"errno", code}});
}

} // namespace rc
