// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/bytes.h"
#include "model/base/error.h"

namespace rc::prozchain {

/// An Ed25519 key pair, made from a 32 byte seed (RFC 8032; libsodium). Signatures are deterministic.
class KeyPair
{
public:
    [[nodiscard]] static KeyPair fromSeed(const Seed& seed);
    /// A file with the seed as 64 hex digits, refused if others than its owner can read it.
    [[nodiscard]] static Result<KeyPair> load(const QString& path);

    [[nodiscard]] const PublicKey& publicKey() const { return m_publicKey; }
    [[nodiscard]] Signature sign(QByteArrayView message) const;

private:
    PublicKey m_publicKey;
    std::array<unsigned char, 64> m_secretKey{};
};

[[nodiscard]] bool verify(const PublicKey& key, QByteArrayView message, const Signature& signature);
[[nodiscard]] Seed randomSeed();

} // namespace rc::prozchain
