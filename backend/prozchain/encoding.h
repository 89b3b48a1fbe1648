// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/bytes.h"

#include <sodium/crypto_hash_sha256.h>

#include <QByteArray>

/// The one binary encoding of everything that is hashed, signed or stored: a domain tag first, numbers as 8 bytes big
/// endian, byte strings behind their length (4 bytes big endian). Nothing is optional, so equal values give equal
/// bytes.
namespace rc::prozchain {

class Encoder
{
public:
    explicit Encoder(QByteArrayView domain) { bytes(domain); }

    Encoder& number(qint64 value);
    Encoder& bytes(QByteArrayView value);
    [[nodiscard]] QByteArray take() { return std::move(m_out); }

private:
    QByteArray m_out;
};

/// Reads what an Encoder wrote. After the first mismatch everything reads as empty and ok() is false.
class Decoder
{
public:
    Decoder(QByteArrayView encoded, QByteArrayView domain);

    [[nodiscard]] qint64 number();
    [[nodiscard]] QByteArray bytes();
    template <class Fixed>
    [[nodiscard]] Fixed fixed()
    {
        const auto value = Fixed::fromBytes(bytes());
        m_ok = m_ok && value.has_value();
        return value.value_or(Fixed{});
    }
    [[nodiscard]] bool ok() const { return m_ok; }
    /// True if all was read and nothing is left over.
    [[nodiscard]] bool finished() const { return m_ok && m_rest.isEmpty(); }

private:
    [[nodiscard]] QByteArrayView take(qsizetype count);

    QByteArrayView m_rest;
    bool m_ok = true;
};

[[nodiscard]] Hash sha256(QByteArrayView bytes);

/// SHA-256 over an encoding that is never built in memory.
class Hasher
{
public:
    explicit Hasher(QByteArrayView domain);

    Hasher& number(qint64 value);
    Hasher& bytes(QByteArrayView value);
    [[nodiscard]] Hash finish();

private:
    crypto_hash_sha256_state m_state;
};

} // namespace rc::prozchain
