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
    const auto exposed = isReadableByOthers(path);
    if (!exposed) {
        return std::unexpected(exposed.error());
    }
    if (*exposed) {
        return fail(ErrorCode::StoreError,
                    QString("Others can read %1; it is not used. Set its mode to 0600.").arg(path));
    }
    auto text = readFile(path);
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
    if (!QFile::rename(own, keyPath(home))) {
        QFile::remove(own);
        return load(home);
    }
    return std::unique_ptr<DeviceSigner>(new DeviceSigner(std::move(key)));
}

} // namespace rc
