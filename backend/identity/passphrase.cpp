// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/identity/passphrase.h"

#include "backend/platform/files.h"

#include <algorithm>
#include <sodium.h>

namespace rc {

namespace {

/// Wipes what passed through ordinary memory, as far as one can reach it.
void wipe(void* data, qsizetype bytes)
{
    sodium_memzero(data, static_cast<size_t>(bytes));
}

} // namespace

Passphrase::Passphrase(const QString& text)
{
    auto normal = text.normalized(QString::NormalizationForm_C);
    auto utf8 = normal.toUtf8();
    m_characters = std::ranges::count_if(normal, [](QChar unit) { return !unit.isLowSurrogate(); });
    m_bytes = SecureBytes::copyOf(utf8);
    wipe(utf8.data(), utf8.size());
    wipe(normal.data(), normal.size() * qsizetype(sizeof(QChar)));
}

Result<Passphrase> Passphrase::fromFile(const QString& path)
{
    auto bytes = readSecretFile(path);
    if (!bytes && bytes.error().code == ErrorCode::PermissionDenied) {
        return fail(ErrorCode::InvalidInput, bytes.error().message);
    }
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    if (bytes->endsWith('\n')) {
        bytes->chop(bytes->endsWith("\r\n") ? 2 : 1);
    }
    const bool valid = !bytes->isEmpty() && bytes->isValidUtf8();
    auto text = QString::fromUtf8(*bytes);
    Passphrase passphrase(text);
    wipe(bytes->data(), bytes->size());
    wipe(text.data(), text.size() * qsizetype(sizeof(QChar)));
    if (!valid) {
        return fail(ErrorCode::InvalidInput, QString("%1 holds no passphrase: it is empty or not UTF-8.").arg(path));
    }
    return passphrase;
}

Passphrase Passphrase::typed(QByteArray&& bytes)
{
    auto text = QString::fromUtf8(bytes);
    Passphrase passphrase(text);
    wipe(bytes.data(), bytes.size());
    wipe(text.data(), text.size() * qsizetype(sizeof(QChar)));
    return passphrase;
}

bool operator==(const Passphrase& one, const Passphrase& other)
{
    return one.m_bytes.size() == other.m_bytes.size() &&
           sodium_memcmp(one.m_bytes.data(), other.m_bytes.data(), size_t(one.m_bytes.size())) == 0;
}

Status Passphrase::checkNew() const
{
    if (m_characters < MinimumLength) {
        return fail(ErrorCode::InvalidInput,
                    QString("The passphrase is too short; it needs at least %1 characters.").arg(MinimumLength));
    }
    return {};
}

} // namespace rc
