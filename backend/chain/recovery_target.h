// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/chain/network_view.h"

namespace rc {

/// Whether nodes that stand at these heads may be brought to a target: it is a block of the quorum
/// (NetworkView::quorumAt), and the blocks above it are not lost to all. TargetInvalid, Unreachable. Touches nothing.
[[nodiscard]] QCoro::Task<Status> checkTarget(NetworkView view, BlockId target, QList<SystemId> systems,
                                              QList<ChainHead> heads);

} // namespace rc
