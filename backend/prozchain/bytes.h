// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <algorithm>
#include <array>
#include <compare>
#include <cstring>
#include <optional>

namespace rc::prozchain {

/// N bytes that cannot be mistaken for N bytes of another kind. Text is always lower-case hex.
template <class Tag, std::size_t N>
struct FixedBytes
{
    static constexpr std::size_t size = N;
    std::array<unsigned char, N> bytes{};

    [[nodiscard]] QByteArrayView view() const { return QByteArrayView(bytes.data(), N); }
    [[nodiscard]] QString toHex() const { return QString::fromLatin1(view().toByteArray().toHex()); }
    /// All bytes zero: "no block" in a vote, "no parent" in the first header.

    [[nodiscard]] static std::optional<FixedBytes> fromBytes(QByteArrayView raw)
    {
        if (raw.size() != qsizetype(N)) {
            return std::nullopt;
        }
        FixedBytes result;
        std::memcpy(result.bytes.data(), raw.data(), N);
        return result;
    }
    /// Nothing, if the text is not exactly 2 N lower-case hex digits.
    [[nodiscard]] static std::optional<FixedBytes> fromHex(const QString& text)
    {
        const auto result = fromBytes(QByteArray::fromHex(text.toLatin1()));
        return result && result->toHex() == text ? result : std::nullopt;
    }

    friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
};

using Hash = FixedBytes<struct HashTag, 32>;
using PublicKey = FixedBytes<struct PublicKeyTag, 32>;
using Signature = FixedBytes<struct SignatureTag, 64>;
using Seed = FixedBytes<struct SeedTag, 32>;

} // namespace rc::prozchain
