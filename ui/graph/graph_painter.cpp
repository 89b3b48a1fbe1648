// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_painter.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace rc::ui {
namespace {

/// From which zoom on lines have their bends, nodes a box, a name, and their state in words.
constexpr double Bends = 0.1;
constexpr double Names = 0.28;
constexpr double Cards = 0.8;

constexpr double Arrow = 6;
constexpr double Radius = 4;
/// So many pixels beyond its place at most something is drawn: marks have a least size, and lines a width.
constexpr int Beyond = 8;

QColor mixed(const QColor& ground, const QColor& ink, double part)
{
    const auto mix = [part](int from, int to) { return int(from + (to - from) * part); };
    return {mix(ground.red(), ink.red()), mix(ground.green(), ink.green()), mix(ground.blue(), ink.blue())};
}

} // namespace

GraphPainter::GraphPainter(const GraphPicture& picture, const GraphLook& look, double scale, double pixelRatio)
    : m_picture(picture)
    , m_look(look)
    , m_scale(scale)
    , m_pixelRatio(pixelRatio)
    , m_zoom(scale / pixelRatio)
{
}

QPoint GraphPainter::at(QPointF point) const
{
    return {int(std::floor(point.x() * m_scale + 0.5)), int(std::floor(point.y() * m_scale + 0.5))};
}

int GraphPainter::pixels(double size) const
{
    return std::max(1, int(std::floor(size * m_pixelRatio + 0.5)));
}

QRect GraphPainter::pixelsOf(const QRectF& rect, double scale)
{
    return QRectF(rect.topLeft() * scale, rect.size() * scale)
        .toAlignedRect()
        .adjusted(-Beyond, -Beyond, Beyond, Beyond);
}

void GraphPainter::paint(QPainter& painter, const QRect& part) const
{
    const auto& geometry = *m_picture.geometry;
    painter.save();
    painter.fillRect(QRect({0, 0}, part.size()), m_look.ground);
    painter.translate(-part.topLeft());
    const auto around = part.adjusted(-Beyond, -Beyond, Beyond, Beyond);
    const QRectF area(QPointF(around.topLeft()) / m_scale, QSizeF(around.size()) / m_scale);
    if (m_zoom < Bends) {
        paintStraightLines(painter, area);
        // What is abnormal is never under what is not.
        const auto nodes = geometry.nodesIn(area);
        for (const bool normal : {true, false}) {
            for (const auto node : nodes) {
                if (isNormal(m_picture.faces[node]) == normal) {
                    paintMark(painter, node);
                }
            }
        }
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        std::vector<int> above;
        for (const auto number : geometry.linesIn(area)) {
            const auto& line = geometry.lines()[std::size_t(number)];
            if (isFollowed(line)) {
                above.push_back(number);
                continue;
            }
            const bool waited = !m_picture.faces[line.dependency].settled;
            paintLine(painter, line, waited ? m_look.text : m_look.line, waited ? 1.5 : 1);
        }
        for (const auto number : above) {
            paintLine(painter, geometry.lines()[std::size_t(number)], m_look.accent, 2);
        }
        for (const auto node : geometry.nodesIn(area)) {
            paintNode(painter, node);
        }
    }
    painter.restore();
}

bool GraphPainter::isFollowed(const GraphGeometry::Line& line) const
{
    return m_picture.followed >= 0 && (line.dependency == m_picture.followed || line.dependent == m_picture.followed);
}

/// From node to node, whatever is between; they may pass where their bends do not.
void GraphPainter::paintStraightLines(QPainter& painter, const QRectF& area) const
{
    QList<QLine> quiet;
    QList<QLine> waited;
    QList<QLine> followed;
    for (const auto& line : m_picture.geometry->lines()) {
        const auto begin = line.points.first();
        const auto end = line.points.last();
        const auto [left, right] = std::minmax({begin.x(), end.x()});
        const auto [top, bottom] = std::minmax({begin.y(), end.y()});
        if (left > area.right() || right < area.left() || top > area.bottom() || bottom < area.top()) {
            continue;
        }
        auto& lines = isFollowed(line) ? followed : m_picture.faces[line.dependency].settled ? quiet : waited;
        lines.append({at(begin), at(end)});
    }
    // Paler than the marks: what is small is all lines otherwise.
    painter.setPen(QPen(mixed(m_look.ground, m_look.line, 0.3), 0));
    painter.drawLines(quiet);
    painter.setPen(QPen(mixed(m_look.ground, m_look.quiet, 0.4), 0));
    painter.drawLines(waited);
    painter.setPen(QPen(m_look.accent, 0));
    painter.drawLines(followed);
}

void GraphPainter::paintLine(QPainter& painter, const GraphGeometry::Line& line, const QColor& ink, double width) const
{
    const bool downwards = m_picture.geometry->isDownwards();
    QPainterPath path(at(line.points.first()));
    for (qsizetype i = 1; i < line.points.size(); ++i) {
        const QPointF to = at(line.points[i]);
        const bool isBetweenLayers = i % 2 == 1;
        if (isBetweenLayers && m_zoom >= Names) {
            const auto from = path.currentPosition();
            const auto half = downwards ? QPointF(0, (to.y() - from.y()) / 2) : QPointF((to.x() - from.x()) / 2, 0);
            path.cubicTo(from + half, to - half, to);
        } else {
            path.lineTo(to);
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, width * m_pixelRatio));
    painter.drawPath(path);
    if (m_zoom >= Names) {
        const auto end = path.currentPosition();
        const double length = Arrow * m_pixelRatio;
        const auto back = downwards ? QPointF(0, -length) : QPointF(-length, 0);
        const auto beside = downwards ? QPointF(length * 0.58, 0) : QPointF(0, length * 0.58);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawPolygon(QPolygonF{end, end + back + beside, end + back - beside});
    }
}

QColor GraphPainter::inkOf(const GraphFace& face) const
{
    switch (face.tone) {
    case Tone::Active:
        return m_look.active;
    case Tone::Attention:
    case Tone::Unknown:
        return m_look.caution;
    case Tone::Danger:
        return m_look.danger;
    default:
        return m_look.quiet;
    }
}

bool GraphPainter::isNormal(const GraphFace& face) const
{
    return !face.current && inkOf(face) == m_look.quiet;
}

QColor GraphPainter::groundOf(const GraphFace& face) const
{
    switch (face.tone) {
    case Tone::Active:
        return m_look.activeGround;
    case Tone::Attention:
    case Tone::Unknown:
        return m_look.cautionGround;
    case Tone::Danger:
        return m_look.dangerGround;
    default:
        return m_look.node;
    }
}

/// At least large enough to be seen; what is abnormal a little larger.
void GraphPainter::paintMark(QPainter& painter, int node) const
{
    const auto& face = m_picture.faces[node];
    const auto rect = m_picture.geometry->nodeRect(node);
    const bool normal = isNormal(face);
    const auto least = pixels(normal ? 2 : 4);
    auto box = QRect(at(rect.topLeft()), at(rect.bottomRight()));
    box.setSize(box.size().expandedTo({least, least}));
    const auto ink = inkOf(face);
    painter.fillRect(box, normal ? m_look.line : ink == m_look.quiet ? m_look.accent : ink);
}

void GraphPainter::paintNode(QPainter& painter, int node) const
{
    const auto& face = m_picture.faces[node];
    const auto rect = m_picture.geometry->nodeRect(node);
    const QRect box(at(rect.topLeft()), at(rect.bottomRight()) - QPoint(1, 1));
    const auto border = pixels(face.current ? 2 : 1);
    const auto ink = inkOf(face);
    painter.setPen(QPen(face.current ? m_look.accent : ink == m_look.quiet ? m_look.line : ink, border));
    painter.setBrush(groundOf(face));
    const double inset = double(border) / 2;
    const double radius = m_zoom < Names ? 0 : Radius * m_scale;
    painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, 1 - inset, 1 - inset), radius, radius);
    if (m_zoom >= Cards) {
        paintCard(painter, box, face);
    } else if (m_zoom >= Names) {
        paintName(painter, box, face);
    }
}

int GraphPainter::paintGlyph(QPainter& painter, const QRect& line, const GraphFace& face, int size) const
{
    QFont icons(m_look.icons);
    icons.setPixelSize(size);
    painter.setFont(icons);
    painter.setPen(inkOf(face));
    const bool isPending = face.tone == Tone::Normal && !face.settled;
    const auto glyph = isPending ? m_look.pending : m_look.glyphs.value(face.tone);
    painter.drawText(QRect(line.left(), line.top(), size, line.height()), Qt::AlignCenter, glyph);
    return line.left() + size + size / 4;
}

void GraphPainter::paintCard(QPainter& painter, const QRect& box, const GraphFace& face) const
{
    const auto inside = box.adjusted(pixels(8 * m_zoom), pixels(4 * m_zoom), -pixels(8 * m_zoom), -pixels(4 * m_zoom));
    const QRect upper(inside.topLeft(), QSize(inside.width(), inside.height() / 2));
    const QRect lower(QPoint(inside.left(), upper.bottom() + 1), inside.bottomRight());
    QFont font(m_look.family);
    font.setPixelSize(pixels(14 * m_zoom));
    font.setWeight(face.current ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(m_look.text);
    painter.drawText(upper, int(Qt::AlignLeft | Qt::AlignVCenter),
                     QFontMetrics(font).elidedText(face.name, Qt::ElideRight, upper.width()));
    auto text = lower;
    text.setLeft(paintGlyph(painter, lower, face, pixels(18 * m_zoom)));
    font.setWeight(inkOf(face) == m_look.quiet ? QFont::Normal : QFont::DemiBold);
    painter.setFont(font);
    painter.drawText(text, int(Qt::AlignLeft | Qt::AlignVCenter),
                     QFontMetrics(font).elidedText(face.stateText, Qt::ElideRight, text.width()));
}

void GraphPainter::paintName(QPainter& painter, const QRect& box, const GraphFace& face) const
{
    const auto size = pixels(std::clamp(std::floor(24 * m_zoom), 6.0, 13.0));
    auto text = box.adjusted(pixels(4), 0, -pixels(3), 0);
    text.setLeft(paintGlyph(painter, text, face, size + pixels(2)));
    QFont font(m_look.family);
    font.setPixelSize(size);
    font.setWeight(face.current ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(m_look.text);
    painter.drawText(text, int(Qt::AlignLeft | Qt::AlignVCenter),
                     QFontMetrics(font).elidedText(face.name, Qt::ElideRight, text.width()));
}

} // namespace rc::ui
