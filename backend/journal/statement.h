// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/key_pair.h"
#include "model/base/signed_statement.h"

namespace rc {

/// Signs a statement: the signature covers "rc-statement-v1", then the statement's canonical bytes.
[[nodiscard]] SignedStatement makeStatement(const KeyPair& key, const QJsonObject& statement);
/// Whether the signature is that key's over exactly these bytes. Whose key it is, and what it may say, KeyRing knows.
[[nodiscard]] bool isSound(const SignedStatement& statement);

} // namespace rc
