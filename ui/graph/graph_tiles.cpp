// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_tiles.h"

#include "ui/graph/graph_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace rc::ui {
namespace {

/// The level that shows the whole, small.
constexpr int Overview = 0;
constexpr double OverviewSize = 1'024;
/// Kept for when the view comes back, beside what is seen and what is next to it: so many squares, of a megabyte each.
constexpr std::size_t KeptTiles = 16;

QPointF centreOf(const QRect& tiles)
{
    return QRectF(tiles).center() - QPointF(0.5, 0.5);
}

} // namespace

void GraphTiles::begin(QSizeF size, double pixelRatio, bool alike, quint64 revision)
{
    m_size = size;
    m_begunAt = revision;
    if (!alike) {
        m_tiles.clear();
    }
    drop(Overview);
    m_scales[Overview] = std::min(pixelRatio, OverviewSize / std::max({1.0, size.width(), size.height()}));
    changeAll(revision);
}

void GraphTiles::drop(int level)
{
    m_scales.erase(level);
    std::erase_if(m_tiles, [level](const auto& each) { return each.first.level == level; });
}

bool GraphTiles::hasImages(int level) const
{
    return std::ranges::any_of(
        m_tiles, [level](const auto& each) { return each.first.level == level && !each.second.image.isNull(); });
}

void GraphTiles::setScale(double scale)
{
    if (scale == this->scale()) {
        return;
    }
    const auto dropped = hasImages(m_level) ? std::exchange(m_under, m_level) : m_level;
    if (dropped != Overview) {
        drop(dropped);
    }
    m_level = std::max(m_level, m_under) + 1;
    m_scales[m_level] = scale;
}

void GraphTiles::change(const QRectF& area, quint64 revision)
{
    for (auto& [key, tile] : m_tiles) {
        if (GraphPainter::pixelsOf(area, m_scales.at(key.level)).intersects(key.pixels())) {
            tile.changedAt = revision;
        }
    }
}

void GraphTiles::changeAll(quint64 revision)
{
    for (auto& [key, tile] : m_tiles) {
        tile.changedAt = revision;
    }
}

void GraphTiles::paint(const GraphPainter& painter, const QRectF& seen, quint64 revision)
{
    for (const auto& key : keysOf(m_level, tilesOf(m_level, seen))) {
        auto& tile = m_tiles[key];
        tile.usedAt = m_frame;
        if (tile.isStale()) {
            tile.image = QImage(TilePainter::Size, TilePainter::Size, QImage::Format_RGB32);
            QPainter onto(&tile.image);
            painter.paint(onto, key.pixels());
            tile.revision = revision;
        }
    }
}

std::deque<TilePainter::Wish> GraphTiles::wishes(const QRectF& seen, bool ahead)
{
    std::deque<TilePainter::Wish> wishes;
    std::deque<TilePainter::Wish> changed;
    const auto add = [&](int level, const QRect& tiles) {
        for (const auto& key : keysOf(level, tiles)) {
            auto& tile = m_tiles[key];
            if (std::exchange(tile.usedAt, m_frame) == m_frame) {
                continue; // what is seen is among what is next to it
            }
            if (tile.image.isNull()) {
                wishes.push_back({key, m_scales.at(level)});
            } else if (tile.isStale()) {
                changed.push_back({key, m_scales.at(level)});
            }
        }
    };
    const QRectF all({0, 0}, m_size);
    add(Overview, tilesOf(Overview, all));
    const auto tiles = tilesOf(m_level, seen);
    add(m_level, tiles);
    if (m_under != Overview) {
        for (const auto& key : keysOf(m_under, tilesOf(m_under, seen))) {
            if (const auto tile = m_tiles.find(key); tile != m_tiles.end()) {
                tile->second.usedAt = m_frame;
            }
        }
    }
    wishes.insert(wishes.end(), changed.begin(), changed.end());
    if (ahead && !tiles.isEmpty()) {
        add(m_level, tiles.adjusted(-1, -1, 1, 1) & tilesOf(m_level, all));
    }
    return wishes;
}

void GraphTiles::take(std::vector<TilePainter::Tile> painted, const QRectF& seen)
{
    for (auto& each : painted) {
        const auto tile = m_tiles.find(each.key);
        if (tile != m_tiles.end() && each.revision >= m_begunAt) {
            tile->second.image = std::move(each.image);
            tile->second.revision = each.revision;
        }
    }
    if (m_under != Overview && isCovered(seen)) {
        drop(std::exchange(m_under, Overview));
    }
}

/// What was seen longest ago goes first; what nobody wishes for any more and was never drawn goes too.
void GraphTiles::endFrame()
{
    std::erase_if(m_tiles,
                  [this](const auto& each) { return each.second.image.isNull() && each.second.usedAt != m_frame; });
    const auto used = std::ranges::count(m_tiles, m_frame, [](const auto& each) { return each.second.usedAt; });
    while (m_tiles.size() > std::size_t(used) + KeptTiles) {
        m_tiles.erase(std::ranges::min_element(m_tiles, {}, [](const auto& each) { return each.second.usedAt; }));
    }
}

QRect GraphTiles::tilesOf(int level, const QRectF& part) const
{
    const auto scale = m_scales.at(level);
    const auto number = [&](double place) { return int(std::floor(place * scale / TilePainter::Size)); };
    const auto last = [&](double end) { return std::max(0, int(std::ceil(end * scale / TilePainter::Size)) - 1); };
    const QRect all(QPoint(0, 0), QPoint(last(m_size.width()), last(m_size.height())));
    return part.isEmpty() ? QRect()
                          : QRect(QPoint(number(part.left()), number(part.top())),
                                  QPoint(last(part.right()), last(part.bottom()))) &
                                all;
}

std::vector<TilePainter::Key> GraphTiles::keysOf(int level, const QRect& tiles)
{
    std::vector<TilePainter::Key> keys;
    for (int row = tiles.top(); row <= tiles.bottom(); ++row) {
        for (int column = tiles.left(); column <= tiles.right(); ++column) {
            keys.push_back({level, column, row});
        }
    }
    const auto centre = centreOf(tiles);
    std::ranges::stable_sort(
        keys, {}, [&](const auto& key) { return std::abs(key.column - centre.x()) + std::abs(key.row - centre.y()); });
    return keys;
}

bool GraphTiles::isCovered(const QRectF& seen) const
{
    return std::ranges::all_of(keysOf(m_level, tilesOf(m_level, seen)), [this](const auto& key) {
        const auto tile = m_tiles.find(key);
        return tile != m_tiles.end() && !tile->second.image.isNull();
    });
}

bool GraphTiles::isCrisp(const QRectF& seen) const
{
    return std::ranges::none_of(keysOf(m_level, tilesOf(m_level, seen)), [this](const auto& key) {
        const auto tile = m_tiles.find(key);
        return tile == m_tiles.end() || tile->second.isStale();
    });
}

std::vector<GraphTiles::Place> GraphTiles::places(const QRectF& seen) const
{
    std::vector<Place> places;
    const auto add = [&](int level, int depth) {
        const auto width = TilePainter::Size / m_scales.at(level);
        for (const auto& key : keysOf(level, tilesOf(level, seen))) {
            const auto tile = m_tiles.find(key);
            if (tile != m_tiles.end() && !tile->second.image.isNull()) {
                places.push_back({key, {key.column * width, key.row * width}, width, depth});
            }
        }
    };
    if (!isCovered(seen)) {
        add(Overview, 0);
        if (m_under != Overview) {
            add(m_under, 1);
        }
    }
    add(m_level, 2);
    return places;
}

} // namespace rc::ui
