// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/tile_painter.h"

#include <map>

namespace rc::ui {

class GraphPainter;

/// Which squares of a drawing there are, and which are to be drawn next: at the scale of the view, at the one before
/// until that is whole, and an overview of the whole for where nothing else has been drawn yet.
class GraphTiles
{
public:
    /// A square, as it was last drawn.
    struct Tile
    {
        QImage image;
        /// Of the picture that it shows, and of the last one that is different there.
        quint64 revision = 0;
        quint64 changedAt = 0;
        quint64 usedAt = 0;

        [[nodiscard]] bool isStale() const { return image.isNull() || revision < changedAt; }
    };
    /// A square that is seen: with its corner where in the drawing, and how wide there.
    struct Place
    {
        TilePainter::Key key;
        QPointF corner;
        double width = 0;
        /// Of the overview, of the scale before, of the present one.
        int depth = 0;
    };

    /// Another drawing, of this size at a scale of 1, as of `revision`. What was drawn of the last one is shown until
    /// there is better, if they are alike.
    void begin(QSizeF size, double pixelRatio, bool alike, quint64 revision);
    /// From here on squares are made for this scale, in device pixels.
    void setScale(double scale);
    /// 0 before the first.
    [[nodiscard]] double scale() const { return m_scales.contains(m_level) ? m_scales.at(m_level) : 0; }

    /// The picture of this revision is different there, or everywhere.
    void change(const QRectF& area, quint64 revision);
    void changeAll(quint64 revision);

    /// Draws what is seen and stale here and now.
    void paint(const GraphPainter& painter, const QRectF& seen, quint64 revision);
    /// What should be drawn: the whole first, then what is seen, the middle first, then what has changed, then, with
    /// `ahead`, what may be seen next.
    [[nodiscard]] std::deque<TilePainter::Wish> wishes(const QRectF& seen, bool ahead);
    void take(std::vector<TilePainter::Tile> painted, const QRectF& seen);
    /// Before the first of the two above in a frame, and after the last.
    void beginFrame() { ++m_frame; }
    void endFrame();

    /// Every square that is seen is there, or there as it should be.
    [[nodiscard]] bool isCovered(const QRectF& seen) const;
    [[nodiscard]] bool isCrisp(const QRectF& seen) const;
    [[nodiscard]] std::vector<Place> places(const QRectF& seen) const;
    [[nodiscard]] const Tile& at(const TilePainter::Key& key) const { return m_tiles.at(key); }

private:
    /// Columns and rows of the squares of a level that cover a part of the drawing.
    [[nodiscard]] QRect tilesOf(int level, const QRectF& part) const;
    /// Nearest to the middle first.
    [[nodiscard]] static std::vector<TilePainter::Key> keysOf(int level, const QRect& tiles);
    [[nodiscard]] bool hasImages(int level) const;
    void drop(int level);

    QSizeF m_size;
    quint64 m_begunAt = 0;
    std::map<TilePainter::Key, Tile> m_tiles;
    /// Of each level that is kept.
    std::map<int, double> m_scales;
    int m_level = 1;
    int m_under = 0; // the overview, if there is none between
    quint64 m_frame = 0;
};

} // namespace rc::ui
