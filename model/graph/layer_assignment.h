// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/dependency_graph.h"

namespace rc {

/// The layer of each node, from 0 up: every node stands above all that it needs, and the layers that the edges span are
/// as few as can be, in sum (the optimal ranks of Gansner, Koutsofios, North and Vo, 1993). Acyclic only.
[[nodiscard]] std::vector<int> assignLayers(const DependencyGraph& graph);

} // namespace rc
