// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace rc::bench {

/// So many automated steps, one after the other.
[[nodiscard]] QByteArray chainOf(int steps);
/// So many in ten branches that run side by side. One step of seven asks the one before in its branch whether it is
/// needed, and half of these are not; in each branch a person consents to one of a hundred.
[[nodiscard]] QByteArray branchesOf(int steps);

} // namespace rc::bench
