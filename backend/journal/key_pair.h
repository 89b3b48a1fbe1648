// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/secure_bytes.h"

#include <QByteArray>
#include <QString>

namespace rc {

/// An Ed25519 key pair; the secret half lives in locked memory.
class KeyPair
{
public:
    [[nodiscard]] static KeyPair generate();
    /// From the 32-byte seed.
    [[nodiscard]] static KeyPair fromSeed(const SecureBytes& seed);

    /// The public key in lower-case hex.
    [[nodiscard]] const QString& id() const { return m_id; }
    [[nodiscard]] SecureBytes seed() const;
    /// A detached signature, 64 bytes.
    [[nodiscard]] QByteArray sign(const QByteArray& bytes) const;

private:
    KeyPair() = default;
    SecureBytes m_secret;
    QString m_id;
};

/// Whether a text is a public key in lower-case hex.
[[nodiscard]] bool isKeyId(const QString& text);

/// Whether `signature` is the key's over exactly these bytes. `keyId` is the public key in hex; a malformed one
/// verifies nothing.
[[nodiscard]] bool isSignedBy(const QString& keyId, const QByteArray& bytes, const QByteArray& signature);

} // namespace rc
