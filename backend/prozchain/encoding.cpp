// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/encoding.h"

#include <QtEndian>

namespace rc::prozchain {

namespace {

const unsigned char* raw(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::array<char, 8> bigEndian(qint64 value)
{
    std::array<char, 8> out{};
    qToBigEndian(value, out.data());
    return out;
}

std::array<char, 4> lengthPrefix(QByteArrayView bytes)
{
    std::array<char, 4> out{};
    qToBigEndian(static_cast<quint32>(bytes.size()), out.data());
    return out;
}

} // namespace

Encoder& Encoder::number(qint64 value)
{
    const auto digits = bigEndian(value);
    m_out.append(digits.data(), digits.size());
    return *this;
}

Encoder& Encoder::bytes(QByteArrayView value)
{
    const auto length = lengthPrefix(value);
    m_out.append(length.data(), length.size()).append(value);
    return *this;
}

Decoder::Decoder(QByteArrayView encoded, QByteArrayView domain)
    : m_rest(encoded)
{
    m_ok = bytes() == domain;
}

QByteArrayView Decoder::take(qsizetype count)
{
    if (!m_ok || m_rest.size() < count) {
        m_ok = false;
        return {};
    }
    const auto head = m_rest.first(count);
    m_rest = m_rest.sliced(count);
    return head;
}

qint64 Decoder::number()
{
    const auto digits = take(8);
    return m_ok ? qFromBigEndian<qint64>(digits.data()) : 0;
}

QByteArray Decoder::bytes()
{
    const auto length = take(4);
    return m_ok ? take(qFromBigEndian<quint32>(length.data())).toByteArray() : QByteArray();
}

Hash sha256(QByteArrayView bytes)
{
    Hash hash;
    crypto_hash_sha256(hash.bytes.data(), raw(bytes), static_cast<unsigned long long>(bytes.size()));
    return hash;
}

Hasher::Hasher(QByteArrayView domain)
{
    crypto_hash_sha256_init(&m_state);
    bytes(domain);
}

Hasher& Hasher::number(qint64 value)
{
    const auto digits = bigEndian(value);
    crypto_hash_sha256_update(&m_state, reinterpret_cast<const unsigned char*>(digits.data()), digits.size());
    return *this;
}

Hasher& Hasher::bytes(QByteArrayView value)
{
    const auto length = lengthPrefix(value);
    crypto_hash_sha256_update(&m_state, reinterpret_cast<const unsigned char*>(length.data()), length.size());
    crypto_hash_sha256_update(&m_state, raw(value), static_cast<unsigned long long>(value.size()));
    return *this;
}

Hash Hasher::finish()
{
    Hash hash;
    crypto_hash_sha256_final(&m_state, hash.bytes.data());
    return hash;
}

} // namespace rc::prozchain
