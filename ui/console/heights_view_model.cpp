// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/heights_view_model.h"

#include <algorithm>

namespace rc::ui {
namespace {

constexpr double Window = 10 * 60 * 1000; // ms

QDateTime timeOf(double ms)
{
    return QDateTime::fromMSecsSinceEpoch(qint64(ms));
}

} // namespace

QDateTime HeightsViewModel::from() const
{
    double first = double(m_last.time_since_epoch().count()) - 60'000;
    for (const auto& points : m_heights) {
        first = points.isEmpty() ? first : std::min(first, points.first().x());
    }
    return timeOf(first);
}

QDateTime HeightsViewModel::to() const
{
    return timeOf(double(m_last.time_since_epoch().count()));
}

double HeightsViewModel::low() const
{
    double low = high();
    for (const auto& points : m_heights) {
        for (const auto& point : points) {
            low = std::min(low, point.y());
        }
    }
    return std::max(0.0, low - 1);
}

double HeightsViewModel::high() const
{
    double high = 4;
    for (const auto& points : m_heights) {
        for (const auto& point : points) {
            high = std::max(high, point.y());
        }
    }
    return high + 1;
}

void HeightsViewModel::show(const Sight& sight)
{
    if (sight.systems.at == m_last) {
        return;
    }
    m_last = sight.systems.at;
    const double now = double(m_last.time_since_epoch().count());
    for (const auto& health : sight.systems.health) {
        // At the time when it was measured, so that a height that is merely old does not look like one that stands.
        const double at = now - double(health.age.count());
        auto& points = m_heights[health.id.text()];
        // What a clock that was set back says is later than now would keep everything else off.
        points.removeIf([now](const QPointF& point) { return point.x() > now; });
        if (health.chain && health.chain->height && (points.isEmpty() || points.last().x() < at)) {
            points.append({at, double(*health.chain->height)});
        }
    }
    QList<HeightRow> rows;
    QHash<QString, QList<QPointF>> kept;
    for (const auto& system : sight.systems.inventory.systems) {
        const auto key = system.id.text();
        auto points = m_heights.value(key);
        points.removeIf([&](const QPointF& point) { return point.x() < now - Window; });
        // A node keeps its line while it is silent.
        if (!points.isEmpty()) {
            rows.append({key, key});
            kept.insert(key, points);
        }
    }
    m_heights = kept;
    m_nodes.replace(rows);
    for (auto series = m_series.cbegin(); series != m_series.cend(); ++series) {
        if (series.value()) {
            series.value()->replace(m_heights.value(series.key()));
        }
    }
    Q_EMIT sampled();
}

void HeightsViewModel::fill(QXYSeries* series, const QString& node)
{
    m_series.insert(node, series);
    series->replace(m_heights.value(node));
}

} // namespace rc::ui
