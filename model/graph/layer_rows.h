// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/layer_order.h"

namespace rc {

/// Where every node of an order stands across its layer, dummies too, from 0: neighbours near each other, long edges as
/// straight as they can be, two nodes of the graph at least one row apart, and edges that pass clear of them.
[[nodiscard]] std::vector<double> placeRows(const LayerOrder& order);

} // namespace rc
