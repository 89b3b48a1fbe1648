// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/evidence_store.h"

#include "backend/platform/files.h"

#include <QFileInfo>

namespace rc {
namespace {

constexpr qint64 MaximumSize = 256LL * 1024 * 1024;

} // namespace

Result<QJsonObject> EvidenceStore::keep(const QString& path) const
{
    const QFileInfo info(path);
    if (info.size() > MaximumSize) {
        return fail(ErrorCode::InvalidInput, QString("%1 is larger than 256 MiB.").arg(path));
    }
    const auto bytes = readFile(path);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    if (const auto made = ensurePrivateDirectory(m_directory); !made) {
        return std::unexpected(made.error());
    }
    const QString hash = sha256Hex(*bytes);
    if (const auto written = writeFileAtomically(m_directory + "/" + hash, *bytes); !written) {
        return std::unexpected(written.error());
    }
    return QJsonObject{{"kind", QString(idOf(ArtifactKind::File))},
                       {"name", info.fileName()},
                       {"sha256", hash},
                       {"size", bytes->size()}};
}

Result<QByteArray> EvidenceStore::read(const QString& sha256) const
{
    auto bytes = readFile(m_directory + "/" + sha256);
    if (bytes && sha256Hex(*bytes) != sha256) {
        return fail(ErrorCode::VerificationFailed,
                    QString("The evidence %1 is not what it was when it was taken in.").arg(sha256));
    }
    return bytes;
}

} // namespace rc
