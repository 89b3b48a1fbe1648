// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/evidence_store.h"

#include "backend/platform/files.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include <functional>

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

QString keptFileOf(const QJsonObject& entry)
{
    return entry["kind"].toString() == idOf(ArtifactKind::File) ? entry["sha256"].toString() : QString();
}

QString troubleWith(EvidenceState state)
{
    switch (state) {
    case EvidenceState::Sound:
        return {};
    case EvidenceState::Missing:
        return "The kept file is missing.";
    case EvidenceState::Altered:
        return "The kept file was altered: it has not the hash any more that it was taken in with.";
    case EvidenceState::Unreadable:
        return "The kept file cannot be read.";
    }
    return {};
}

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

EvidenceState EvidenceStore::look(const QString& sha256) const
{
    QFile file(m_directory + "/" + sha256);
    if (!file.exists()) {
        return EvidenceState::Missing;
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file)) {
        return EvidenceState::Unreadable;
    }
    return hash.result().toHex() == sha256.toLatin1() ? EvidenceState::Sound : EvidenceState::Altered;
}

namespace {

using Look = std::function<EvidenceState(const QString& sha256)>;

/// Objects that have a list `evidence`, each file of it with what is found of it.
QJsonArray withStatesIn(QJsonArray owners, const Look& look)
{
    for (auto&& owner : owners) {
        auto object = owner.toObject();
        auto evidence = object["evidence"].toArray();
        for (auto&& item : evidence) {
            auto entry = item.toObject();
            if (const auto sha256 = keptFileOf(entry); !sha256.isEmpty()) {
                const auto state = look(sha256);
                entry["state"] = QString(idOf(state));
                if (state != EvidenceState::Sound) {
                    entry["trouble"] = troubleWith(state);
                }
                item = entry;
            }
        }
        object["evidence"] = evidence;
        owner = object;
    }
    return owners;
}

} // namespace

QJsonObject EvidenceStore::withStates(QJsonObject plan) const
{
    QHash<QString, EvidenceState> found;
    const Look once = [&](const QString& sha256) {
        if (!found.contains(sha256)) {
            found.insert(sha256, look(sha256));
        }
        return found[sha256];
    };
    for (const auto* const list : {"steps", "completed_steps"}) {
        const QLatin1StringView key(list);
        plan[key] = withStatesIn(plan[key].toArray(), once);
    }
    return plan;
}

} // namespace rc
