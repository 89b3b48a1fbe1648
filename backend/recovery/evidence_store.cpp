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

Result<QJsonArray> describeEvidence(const QList<EvidenceFile>& files)
{
    QJsonArray described;
    for (const auto& file : files) {
        const auto bytes = contentOf(file.path);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        auto entry = entryOf(file.path, *bytes);
        if (!file.id.isEmpty()) {
            entry["id"] = file.id;
        }
        described.append(entry);
    }
    return described;
}

Status EvidenceStore::keepAll(const QList<EvidenceFile>& files, const QJsonArray& described) const
{
    if (const auto made = ensurePrivateDirectory(m_directory); !made) {
        return made;
    }
    for (qsizetype i = 0; i < files.size(); ++i) {
        const auto bytes = contentOf(files[i].path);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        const auto hash = sha256Hex(*bytes);
        if (hash != described[i]["sha256"].toString()) {
            return fail(ErrorCode::Conflict, QString("%1 has just been changed; try again.").arg(files[i].path));
        }
        if (const auto written = writeFileAtomically(m_directory + "/" + hash, *bytes); !written) {
            return written;
        }
    }
    return {};
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
