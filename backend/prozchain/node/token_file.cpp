// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/node/token_file.h"

#include "backend/platform/files.h"

namespace rc::prozchain {

Result<QByteArray> readToken(const QString& path)
{
    const auto text = readSecretFile(path);
    if (text && text->trimmed().size() < 16) {
        return fail(ErrorCode::InvalidInput, QString("%1: a token has at least 16 characters.").arg(path));
    }
    return text ? Result<QByteArray>(text->trimmed()) : text;
}

} // namespace rc::prozchain
