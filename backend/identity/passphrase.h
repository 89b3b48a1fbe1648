// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/secure_bytes.h"
#include "model/base/error.h"

#include <QString>

namespace rc {

/// A passphrase: normalised to Unicode NFC, so that the same letters typed on another keyboard open the same key, and
/// kept as UTF-8 in locked memory. Nothing is trimmed but one line end (files have it).
class Passphrase
{
public:
    /// Characters a new passphrase must have at least.
    static constexpr int MinimumLength = 8;

    explicit Passphrase(const QString& text);
    /// Reads one from a file. InvalidInput if it is another user's or others can read it, if it is empty or not UTF-8;
    /// NotFound.
    [[nodiscard]] static Result<Passphrase> fromFile(const QString& path);

    /// What was typed on a terminal, in UTF-8; the bytes are wiped.
    [[nodiscard]] static Passphrase typed(QByteArray&& bytes);
    friend bool operator==(const Passphrase& one, const Passphrase& other);

    [[nodiscard]] const SecureBytes& bytes() const { return m_bytes; }
    /// InvalidInput if it is too short for a new key.
    [[nodiscard]] Status checkNew() const;

private:
    SecureBytes m_bytes;
    qsizetype m_characters = 0;
};

} // namespace rc
