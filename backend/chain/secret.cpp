// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/secret.h"

#include "backend/platform/files.h"

namespace rc {
namespace {

Result<QByteArray> fromEnvironment(const QString& name)
{
    const QString value = qEnvironmentVariable(name.toLocal8Bit().constData());
    if (value.isEmpty()) {
        return fail(ErrorCode::NotFound,
                    QString("The environment variable %1, which holds a secret, is not set.").arg(name));
    }
    return value.toUtf8();
}

} // namespace

Result<QByteArray> readSecret(const QString& reference)
{
    Result<QByteArray> secret;
    if (reference.startsWith("file:")) {
        secret = readSecretFile(reference.sliced(5));
    } else if (reference.startsWith("env:")) {
        secret = fromEnvironment(reference.sliced(4));
    } else if (reference.startsWith("keychain:")) {
        return fail(
            ErrorCode::InvalidInput,
            QString("Secrets in a key chain cannot be read yet (%1); use file:PATH or env:NAME.").arg(reference));
    } else {
        return fail(ErrorCode::InvalidInput, "A secret is given as file:PATH or env:NAME.");
    }
    if (secret) {
        *secret = secret->trimmed();
    }
    return secret;
}

} // namespace rc
