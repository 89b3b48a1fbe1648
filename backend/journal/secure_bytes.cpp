// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/secure_bytes.h"

#include <sodium.h>

#include <algorithm>
#include <new>

namespace rc {

namespace {

unsigned char* allocate(qsizetype size)
{
    static const bool ready = sodium_init() >= 0;
    void* memory = ready ? sodium_malloc(static_cast<size_t>(size)) : nullptr;
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return static_cast<unsigned char*>(memory);
}

} // namespace

SecureBytes::SecureBytes(qsizetype size)
    : m_data(allocate(size))
    , m_size(size)
{
}

SecureBytes::SecureBytes(SecureBytes&& other) noexcept
    : m_data(std::move(other.m_data))
    , m_size(std::exchange(other.m_size, 0))
{
}

SecureBytes& SecureBytes::operator=(SecureBytes&& other) noexcept
{
    m_data = std::move(other.m_data);
    m_size = std::exchange(other.m_size, 0);
    return *this;
}

SecureBytes SecureBytes::copyOf(QByteArrayView bytes)
{
    SecureBytes copy(bytes.size());
    std::ranges::copy(bytes, copy.data());
    return copy;
}

void SecureBytes::Release::operator()(unsigned char* data) const
{
    sodium_free(data);
}

} // namespace rc
