// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/identity/sealed_key.h"

#include "model/base/json.h"

#include <sodium.h>

namespace rc {

namespace {

/// Bounds for the numbers in a key file, so that a mischievous one cannot ask for all memory or for hours.
constexpr quint64 MostMemory = 1ULL << 30;
constexpr quint64 MostPasses = 20;

struct Numbers
{
    quint64 passes;
    quint64 memoryBytes;
};

Numbers numbersOf(Cost cost)
{
    switch (cost) {
    case Cost::Minimal:
        return {1, 8ULL << 20};
    case Cost::Interactive:
        return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
    case Cost::Moderate:
        break;
    }
    return {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE};
}

unsigned char* bytesOf(QByteArray& array)
{
    return reinterpret_cast<unsigned char*>(array.data());
}

const unsigned char* bytesOf(const QByteArray& array)
{
    return reinterpret_cast<const unsigned char*>(array.constData());
}

QByteArray randomBytes(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    randombytes_buf(bytes.data(), static_cast<size_t>(size));
    return bytes;
}

/// Argon2id over the passphrase with the salt and numbers of the key.
Result<SecureBytes> stretch(const Passphrase& passphrase, const SealedKey& key)
{
    SecureBytes stretched(crypto_secretbox_KEYBYTES);
    const auto& secret = passphrase.bytes();
    const int done =
        crypto_pwhash(stretched.data(), crypto_secretbox_KEYBYTES, reinterpret_cast<const char*>(secret.data()),
                      static_cast<unsigned long long>(secret.size()), bytesOf(key.salt), key.passes,
                      static_cast<size_t>(key.memoryBytes), crypto_pwhash_ALG_ARGON2ID13);
    if (done != 0) {
        return fail(ErrorCode::StoreError,
                    QString("There is not enough memory to open a key: it takes %1 MiB.").arg(key.memoryBytes >> 20));
    }
    return stretched;
}

QString hex(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

QByteArray unhex(const QJsonValue& value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

} // namespace

Result<SealedKey> SealedKey::seal(const KeyPair& key, const Passphrase& passphrase, Cost cost)
{
    const auto numbers = numbersOf(cost);
    SealedKey sealedKey{.keyId = key.id(),
                        .salt = randomBytes(crypto_pwhash_SALTBYTES),
                        .nonce = randomBytes(crypto_secretbox_NONCEBYTES),
                        .box = QByteArray(crypto_secretbox_MACBYTES + crypto_sign_SEEDBYTES, '\0'),
                        .passes = numbers.passes,
                        .memoryBytes = numbers.memoryBytes};
    const auto stretched = stretch(passphrase, sealedKey);
    if (!stretched) {
        return std::unexpected(stretched.error());
    }
    const auto seed = key.seed();
    crypto_secretbox_easy(bytesOf(sealedKey.box), seed.data(), crypto_sign_SEEDBYTES, bytesOf(sealedKey.nonce),
                          stretched->data());
    return sealedKey;
}

Result<KeyPair> SealedKey::unseal(const Passphrase& passphrase) const
{
    const auto stretched = stretch(passphrase, *this);
    if (!stretched) {
        return std::unexpected(stretched.error());
    }
    SecureBytes seed(crypto_sign_SEEDBYTES);
    if (crypto_secretbox_open_easy(seed.data(), bytesOf(box), static_cast<unsigned long long>(box.size()),
                                   bytesOf(nonce), stretched->data()) != 0) {
        return wrongSecret();
    }
    auto key = KeyPair::fromSeed(seed);
    if (key.id() != keyId) {
        return fail(ErrorCode::StoreError, "The key file holds another key than it says.");
    }
    return key;
}

std::unexpected<Error> SealedKey::wrongSecret()
{
    return fail(ErrorCode::WrongSecret, "The operator or the passphrase is wrong.");
}

SealedKey SealedKey::decoy(Cost cost)
{
    const auto numbers = numbersOf(cost);
    return {.keyId = {},
            .salt = randomBytes(crypto_pwhash_SALTBYTES),
            .nonce = randomBytes(crypto_secretbox_NONCEBYTES),
            .box = randomBytes(crypto_secretbox_MACBYTES + crypto_sign_SEEDBYTES),
            .passes = numbers.passes,
            .memoryBytes = numbers.memoryBytes};
}

QJsonObject SealedKey::toJson() const
{
    return {{"format", 1},
            {"public_key", keyId},
            {"kdf", "argon2id13"},
            {"salt", hex(salt)},
            {"passes", qint64(passes)},
            {"memory_bytes", qint64(memoryBytes)},
            {"cipher", "xsalsa20poly1305"},
            {"nonce", hex(nonce)},
            {"box", hex(box)}};
}

Result<SealedKey> SealedKey::fromJson(const QJsonObject& json)
{
    SealedKey key{.keyId = json["public_key"].toString(),
                  .salt = unhex(json["salt"]),
                  .nonce = unhex(json["nonce"]),
                  .box = unhex(json["box"]),
                  .passes = quint64(json["passes"].toInteger()),
                  .memoryBytes = quint64(json["memory_bytes"].toInteger())};
    const bool known = json["format"].toInt() == 1 && json["kdf"].toString() == "argon2id13" &&
                       json["cipher"].toString() == "xsalsa20poly1305" && isKeyId(key.keyId);
    const bool sized = key.salt.size() == crypto_pwhash_SALTBYTES && key.nonce.size() == crypto_secretbox_NONCEBYTES &&
                       key.box.size() == crypto_secretbox_MACBYTES + crypto_sign_SEEDBYTES;
    const bool bounded = key.passes >= 1 && key.passes <= MostPasses && key.memoryBytes >= crypto_pwhash_MEMLIMIT_MIN &&
                         key.memoryBytes <= MostMemory;
    if (!known || !sized || !bounded) {
        return fail(ErrorCode::InvalidInput, "This is not a key file, or it is damaged.");
    }
    return key;
}

} // namespace rc
