// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/identity/passphrase.h"
#include "backend/journal/key_pair.h"

#include <QJsonObject>

namespace rc {

/// What guessing a passphrase costs (Argon2id). The numbers are stored with each key.
enum class Cost {
    Minimal,     ///< 8 MiB, 1 pass: for tests
    Interactive, ///< 64 MiB, 2 passes: for drills
    Moderate,    ///< 256 MiB, 3 passes
};

/// A secret key encrypted (XSalsa20-Poly1305) under a passphrase.
struct SealedKey
{
    QString keyId;
    QByteArray salt;
    QByteArray nonce;
    QByteArray box;
    quint64 passes = 0;
    quint64 memoryBytes = 0;

    [[nodiscard]] static Result<SealedKey> seal(const KeyPair& key, const Passphrase& passphrase, Cost cost);
    /// WrongSecret if the passphrase is not the one, StoreError if there is not enough memory for its cost. Safe to
    /// run on any thread.
    [[nodiscard]] Result<KeyPair> unseal(const Passphrase& passphrase) const;
    /// A box that no passphrase opens, at the same price: an operator who does not exist answers like one who does.
    [[nodiscard]] static SealedKey decoy(Cost cost);
    /// What a wrong passphrase and an unknown operator both say.
    [[nodiscard]] static std::unexpected<Error> wrongSecret();

    [[nodiscard]] QJsonObject toJson() const;
    /// InvalidInput if it is not a key file.
    [[nodiscard]] static Result<SealedKey> fromJson(const QJsonObject& json);
};

} // namespace rc
