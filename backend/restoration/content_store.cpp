// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/content_store.h"

#include "backend/platform/files.h"

namespace rc {

Result<QString> ContentStore::put(const QByteArray& bytes) const
{
    auto hash = sha256Hex(bytes);
    if (get(hash)) {
        return hash;
    }
    if (const auto made = ensurePrivateDirectory(m_directory); !made) {
        return std::unexpected(made.error());
    }
    if (const auto written = writeFileAtomically(pathOf(hash), bytes); !written) {
        return std::unexpected(written.error());
    }
    return hash;
}

Result<QByteArray> ContentStore::get(const QString& sha256) const
{
    auto bytes = readFile(pathOf(sha256));
    if (bytes && sha256Hex(*bytes) != sha256) {
        return fail(
            ErrorCode::VerificationFailed,
            QString("%1 was changed: its content is not what its name says. It is not used.").arg(pathOf(sha256)),
            {{"path", pathOf(sha256)}});
    }
    return bytes;
}

} // namespace rc
