// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/layer_order.h"

namespace rc {

/// Orders layers from nothing: every node goes halfway to the mean of its neighbours again and again, both sides at
/// once, which puts near each other what hangs together by many ways (a power iteration towards the second eigenvector
/// of the random walk: Hall, 1970); and since that draws everything together but a few loosely tied parts, the layers
/// are spread out evenly again, in their order, between rounds.
class LayerSmoothing
{
public:
    LayerSmoothing(LayerOrder& order, quint32 seed);

    /// Begins at places by chance, the same for the same seed.
    void scatter(quint32 seed);
    /// The more rounds, the fewer crossings: most is gained by the first ten. What is moved in the order meanwhile is
    /// forgotten.
    void run(int rounds);

private:
    void walk();
    void arrange();
    void spread();

    LayerOrder& m_order;
    std::vector<double> m_at;
    std::vector<double> m_next;
    // Neighbours on both sides, in compressed rows.
    std::vector<int> m_start;
    std::vector<int> m_neighbours;
};

} // namespace rc
