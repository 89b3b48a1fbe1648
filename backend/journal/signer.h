// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/record.h"

namespace rc {

class Signer;

/// A row that has to stand in the journal before a signer's first row: the certificate of a session key, signed by
/// the operator's own key.
struct Introduction
{
    NewEvent event;
    Signer* signer = nullptr;
};

/// Who signs rows: a session, an operator's key, the store's device key.
class Signer
{
public:
    Signer() = default;
    Signer(const Signer&) = delete;
    Signer& operator=(const Signer&) = delete;
    virtual ~Signer() = default;

    /// The public key in lower-case hex.
    [[nodiscard]] virtual QString keyId() const = 0;
    /// The operator named in the rows; empty for the device.
    [[nodiscard]] virtual OperatorId operatorId() const = 0;
    /// Whether this signer is willing to write an event of this kind: a locked session signs nothing but outcomes of
    /// intents already journaled (NotSignedIn). What a key may write at all is for KeyRing to say.
    [[nodiscard]] virtual Status mayWrite(const QString& /*kind*/) const { return {}; }
    /// A detached Ed25519 signature (64 bytes) over exactly these bytes.
    [[nodiscard]] virtual QByteArray sign(const QByteArray& bytes) const = 0;
    /// What makes this key known to a journal that does not know it yet; written before its first row.
    [[nodiscard]] virtual std::optional<Introduction> introduction() { return std::nullopt; }
};

} // namespace rc
