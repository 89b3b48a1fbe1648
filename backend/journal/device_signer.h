// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/key_pair.h"
#include "backend/journal/signer.h"

namespace rc {

/// Signs what a process says before anyone has signed in: store_created, incident_proposed, proposal_over,
/// and the first operator_added. Its key is HOME/keys/device.key (0600), made with the store.
class DeviceSigner final : public Signer
{
public:
    /// NotFound when the key is not on this machine; StoreError when it is damaged or others can read it.
    [[nodiscard]] static Result<std::unique_ptr<DeviceSigner>> load(const QString& home);
    /// Loads the key, or makes it.
    [[nodiscard]] static Result<std::unique_ptr<DeviceSigner>> loadOrCreate(const QString& home);

    [[nodiscard]] QString keyId() const override { return m_key.id(); }
    [[nodiscard]] OperatorId operatorId() const override { return {}; }
    [[nodiscard]] QByteArray sign(const QByteArray& bytes) const override { return m_key.sign(bytes); }

private:
    explicit DeviceSigner(KeyPair key)
        : m_key(std::move(key))
    {
    }
    KeyPair m_key;
};

} // namespace rc
