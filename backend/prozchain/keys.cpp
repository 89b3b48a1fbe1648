// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/keys.h"

#include "backend/platform/files.h"

#include <sodium.h>

namespace rc::prozchain {

namespace {

const unsigned char* raw(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned long long length(QByteArrayView bytes)
{
    return static_cast<unsigned long long>(bytes.size());
}

void initialise()
{
    if (sodium_init() < 0) {
        qFatal("libsodium cannot be initialised: there is no source of randomness.");
    }
}

} // namespace

KeyPair KeyPair::fromSeed(const Seed& seed)
{
    initialise();
    KeyPair pair;
    crypto_sign_seed_keypair(pair.m_publicKey.bytes.data(), pair.m_secretKey.data(), seed.bytes.data());
    return pair;
}

Result<KeyPair> KeyPair::load(const QString& path)
{
    const auto text = readSecretFile(path);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto seed = Seed::fromHex(QString::fromLatin1(text->trimmed()));
    if (!seed) {
        return fail(ErrorCode::InvalidInput, QString("%1: expected a seed of 64 lower-case hex digits.").arg(path));
    }
    return fromSeed(*seed);
}

Signature KeyPair::sign(QByteArrayView message) const
{
    Signature signature;
    crypto_sign_detached(signature.bytes.data(), nullptr, raw(message), length(message), m_secretKey.data());
    return signature;
}

bool verify(const PublicKey& key, QByteArrayView message, const Signature& signature)
{
    return crypto_sign_verify_detached(signature.bytes.data(), raw(message), length(message), key.bytes.data()) == 0;
}

Seed randomSeed()
{
    initialise();
    Seed seed;
    randombytes_buf(seed.bytes.data(), Seed::size);
    return seed;
}

} // namespace rc::prozchain
