// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

namespace rc::prozchain {

/// The error of `first`, or what `next()`, a Result itself, returns. (std::expected::and_then comes with GCC 13.)
template <class T, class Next>
[[nodiscard]] auto andThen(const Result<T>& first, Next next) -> decltype(next())
{
    if (!first) {
        return std::unexpected(first.error());
    }
    return next();
}

/// The error of `first`, or the value `make()` returns.
template <class T, class Make>
[[nodiscard]] auto thenReturn(const Result<T>& first, Make make) -> Result<decltype(make())>
{
    if (!first) {
        return std::unexpected(first.error());
    }
    return make();
}

/// Whether it went well, without the value.
template <class T>
[[nodiscard]] Status toStatus(const Result<T>& result)
{
    return andThen(result, [] { return Status{}; });
}

} // namespace rc::prozchain
