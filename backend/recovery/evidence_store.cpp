// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/evidence_store.h"

#include "backend/platform/files.h"

#include <QFileInfo>

namespace rc {
namespace {

constexpr qint64 MaximumSize = 256LL * 1024 * 1024;

Result<QByteArray> contentOf(const QString& path)
{
    if (QFileInfo(path).size() > MaximumSize) {
        return fail(ErrorCode::InvalidInput, QString("%1 is larger than 256 MiB.").arg(path));
    }
    return readFile(path);
}

QJsonObject entryOf(const QString& path, const QByteArray& bytes)
{
    return {{"kind", QString(idOf(ArtifactKind::File))},
            {"name", QFileInfo(path).fileName()},
            {"sha256", sha256Hex(bytes)},
            {"size", bytes.size()}};
}

} // namespace

Result<QJsonObject> EvidenceStore::describe(const QString& path)
{
    const auto bytes = contentOf(path);
    return bytes ? Result<QJsonObject>(entryOf(path, *bytes)) : std::unexpected(bytes.error());
}

Result<QJsonObject> EvidenceStore::keep(const QString& path) const
{
    const auto bytes = contentOf(path);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    if (const auto made = ensurePrivateDirectory(m_directory); !made) {
        return std::unexpected(made.error());
    }
    auto entry = entryOf(path, *bytes);
    if (const auto written = writeFileAtomically(m_directory + "/" + entry["sha256"].toString(), *bytes); !written) {
        return std::unexpected(written.error());
    }
    return entry;
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
