// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/device_signer.h"

#include "backend/platform/files.h"

#include <QFile>
#include <QUuid>

namespace rc {

namespace {

constexpr qsizetype SeedBytes = 32;

QString keyPath(const QString& home)
{
    return home + "/keys/device.key";
}

} // namespace

Result<std::unique_ptr<DeviceSigner>> DeviceSigner::load(const QString& home)
{
    const auto path = keyPath(home);
    auto text = readSecretFile(path);
    if (!text && text.error().code == ErrorCode::PermissionDenied) {
        return fail(ErrorCode::StoreError, text.error().message);
    }
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto hex = text->trimmed();
    const auto seed = SecureBytes::copyOf(QByteArray::fromHex(hex));
    if (hex.size() != 2 * SeedBytes || seed.size() != SeedBytes) {
        return fail(ErrorCode::StoreError, QString("%1 is damaged: it does not hold a key.").arg(path));
    }
    return std::unique_ptr<DeviceSigner>(new DeviceSigner(KeyPair::fromSeed(seed)));
}

Result<std::unique_ptr<DeviceSigner>> DeviceSigner::loadOrCreate(const QString& home)
{
    auto known = load(home);
    if (known || known.error().code != ErrorCode::NotFound) {
        return known;
    }
    if (const auto made = ensurePrivateDirectory(home + "/keys"); !made) {
        return std::unexpected(made.error());
    }
    auto key = KeyPair::generate();
    const auto seed = key.seed();
    const auto hex = QByteArray(reinterpret_cast<const char*>(seed.data()), seed.size()).toHex() + '\n';
    // Renamed only if there is none yet: of several processes that found a store at once, all use the first one's key.
    const QString own = keyPath(home) + "." + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (const auto written = writeFileAtomically(own, hex); !written) {
        return std::unexpected(written.error());
    }
    const auto placed = putInPlace(own, keyPath(home));
    if (!placed) {
        QFile::remove(own);
        return placed.error().code == ErrorCode::Conflict ? load(home) : std::unexpected(placed.error());
    }
    return std::unique_ptr<DeviceSigner>(new DeviceSigner(std::move(key)));
}

} // namespace rc
