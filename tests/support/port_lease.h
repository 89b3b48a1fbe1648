// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>

#include <memory>

namespace rc::test {

/// Twenty ports in a row for a practice network, leased from other tests for the life of this object. They lie below
/// the range from which the kernel takes the ports of outgoing connections: with any free port, a node's connection to
/// its peer now and then had the port on which the next node was about to listen.
class PortLease
{
public:
    /// The first of them; 0 if none are left.
    [[nodiscard]] int base();

private:
    std::unique_ptr<QLockFile> m_lock;
    int m_base = 0;
};

} // namespace rc::test
