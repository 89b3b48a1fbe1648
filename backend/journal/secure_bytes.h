// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <memory>
#include <utility>

namespace rc {

/// Bytes of a secret: in memory that is locked against swapping where the system allows it, fenced by guard pages, and
/// wiped when released (libsodium's sodium_malloc). Moves, never copies.
class SecureBytes
{
public:
    SecureBytes() = default;
    /// Throws std::bad_alloc when there is no memory left.
    explicit SecureBytes(qsizetype size);
    SecureBytes(SecureBytes&& other) noexcept;
    SecureBytes& operator=(SecureBytes&& other) noexcept;
    ~SecureBytes() = default;
    SecureBytes(const SecureBytes&) = delete;
    SecureBytes& operator=(const SecureBytes&) = delete;
    [[nodiscard]] static SecureBytes copyOf(QByteArrayView bytes);

    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] unsigned char* data() { return m_data.get(); }
    [[nodiscard]] const unsigned char* data() const { return m_data.get(); }

private:
    struct Release
    {
        void operator()(unsigned char* data) const;
    };
    std::unique_ptr<unsigned char, Release> m_data;
    qsizetype m_size = 0;
};

} // namespace rc
