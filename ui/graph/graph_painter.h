// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graph_picture.h"

#include <QRect>

class QPainter;

namespace rc::ui {

/// Draws a picture, in any thread. How much of a node is drawn depends on how large it is: a mark, a box, its name, or
/// the card with its state.
class GraphPainter
{
public:
    /// Device pixels for each pixel of the geometry, and for each of the screen's logical ones.
    GraphPainter(const GraphPicture& picture, const GraphLook& look, double scale, double pixelRatio = 1);

    /// The pixels of this part, of the whole drawing at this scale, with the part's top left at the painter's origin.
    /// Parts that lie beside each other fit together.
    void paint(QPainter& painter, const QRect& part) const;

    /// The whole in pixels, with nothing cut off.
    [[nodiscard]] static QRect pixelsOf(const QRectF& rect, double scale);

private:
    void paintStraightLines(QPainter& painter, const QRectF& area) const;
    void paintLine(QPainter& painter, const GraphGeometry::Line& line, const QColor& ink, double width) const;
    [[nodiscard]] bool isFollowed(const GraphGeometry::Line& line) const;
    void paintMark(QPainter& painter, int node) const;
    void paintNode(QPainter& painter, int node) const;
    void paintCard(QPainter& painter, const QRect& box, const GraphFace& face) const;
    void paintName(QPainter& painter, const QRect& box, const GraphFace& face) const;
    /// Returns where the text after it begins.
    int paintGlyph(QPainter& painter, const QRect& line, const GraphFace& face, int size) const;
    [[nodiscard]] bool isNormal(const GraphFace& face) const;
    [[nodiscard]] QColor inkOf(const GraphFace& face) const;
    [[nodiscard]] QColor groundOf(const GraphFace& face) const;
    /// On whole pixels, and the same in every part.
    [[nodiscard]] QPoint at(QPointF point) const;
    [[nodiscard]] int pixels(double size) const;

    const GraphPicture& m_picture;
    const GraphLook& m_look;
    double m_scale;
    double m_pixelRatio;
    /// What is left of the size in logical pixels decides what is drawn.
    double m_zoom;
};

} // namespace rc::ui
