// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/key_pair.h"

#include <sodium.h>

namespace rc {

namespace {

const unsigned char* bytesOf(const QByteArray& array)
{
    return reinterpret_cast<const unsigned char*>(array.constData());
}

} // namespace

KeyPair KeyPair::generate()
{
    SecureBytes seed(crypto_sign_SEEDBYTES);
    randombytes_buf(seed.data(), crypto_sign_SEEDBYTES);
    return fromSeed(seed);
}

KeyPair KeyPair::fromSeed(const SecureBytes& seed)
{
    Q_ASSERT(seed.size() == qsizetype(crypto_sign_SEEDBYTES));
    KeyPair pair;
    pair.m_secret = SecureBytes(crypto_sign_SECRETKEYBYTES);
    QByteArray publicKey(crypto_sign_PUBLICKEYBYTES, Qt::Uninitialized);
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(publicKey.data()), pair.m_secret.data(), seed.data());
    pair.m_id = QString::fromLatin1(publicKey.toHex());
    return pair;
}

SecureBytes KeyPair::seed() const
{
    SecureBytes seed(crypto_sign_SEEDBYTES);
    crypto_sign_ed25519_sk_to_seed(seed.data(), m_secret.data());
    return seed;
}

QByteArray KeyPair::sign(const QByteArray& bytes) const
{
    QByteArray signature(crypto_sign_BYTES, Qt::Uninitialized);
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, bytesOf(bytes),
                         static_cast<unsigned long long>(bytes.size()), m_secret.data());
    return signature;
}

bool isKeyId(const QString& text)
{
    const auto bytes = text.toLatin1();
    return bytes.size() == qsizetype(crypto_sign_PUBLICKEYBYTES) * 2 && QByteArray::fromHex(bytes).toHex() == bytes;
}

bool isSignedBy(const QString& keyId, const QByteArray& bytes, const QByteArray& signature)
{
    static const bool ready = sodium_init() >= 0;
    if (!ready || !isKeyId(keyId) || signature.size() != qsizetype(crypto_sign_BYTES)) {
        return false;
    }
    const auto publicKey = QByteArray::fromHex(keyId.toLatin1());
    return crypto_sign_verify_detached(bytesOf(signature), bytesOf(bytes),
                                       static_cast<unsigned long long>(bytes.size()), bytesOf(publicKey)) == 0;
}

} // namespace rc
