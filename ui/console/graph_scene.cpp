// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/graph_scene.h"

#include "ui/console/graph_accessible.h"
#include "ui/console/graph_images.h"
#include "ui/graph/graph_painter.h"

#include <QGuiApplication>
#include <QStyleHints>

#include <algorithm>
#include <cmath>

namespace rc::ui {
namespace {

/// A drawing of so few nodes is drawn before the next frame, without the painter's thread.
constexpr int Small = 60;

constexpr double LeastReadable = 0.6;
constexpr double Largest = 2;
/// Around the drawing and around a node that is looked at, in pixels of the screen.
constexpr double Margin = 8;
/// A zoom this far from that of the level, in octaves, begins another level; a smaller one waits until it rests.
constexpr double Octaves = 0.5;
constexpr int RestMilliseconds = 120;
constexpr double WheelStep = 1.2;
constexpr int DegreesOfStep = 120; // eighths

} // namespace

GraphScene::GraphScene(QQuickItem* parent)
    : QQuickItem(parent)
{
    GraphAccessible::install();
    setFlag(ItemHasContents);
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
    m_resting.setSingleShot(true);
    m_resting.setInterval(RestMilliseconds);
    connect(&m_resting, &QTimer::timeout, this, [this] {
        m_tiles.setScale(m_zoom * pixelRatio());
        polish();
    });
    connect(&m_painter, &TilePainter::painted, this, &GraphScene::takeTiles);
}

void GraphScene::setGraph(GraphViewModel* graph)
{
    if (graph == m_graph) {
        return;
    }
    if (m_graph) {
        disconnect(m_graph, nullptr, this, nullptr);
    }
    m_graph = graph;
    m_geometry = std::make_shared<GraphGeometry>();
    m_faces = {};
    m_isMoved = false;
    setHovered(-1);
    if (m_graph) {
        connect(m_graph, &GraphViewModel::arranged, this, &GraphScene::arrange);
        connect(m_graph, &GraphViewModel::facesChanged, this, &GraphScene::takeFaces);
        connect(m_graph, &GraphViewModel::selectedChanged, this, &GraphScene::takeSelected);
        arrange();
    }
    Q_EMIT graphChanged();
}

void GraphScene::setTheme(GraphTheme* theme)
{
    if (theme == m_theme) {
        return;
    }
    if (m_theme) {
        disconnect(m_theme, nullptr, this, nullptr);
    }
    m_theme = theme;
    if (m_theme) {
        connect(m_theme, &GraphTheme::changed, this, &GraphScene::takeTheme);
        takeTheme();
    }
    Q_EMIT themeChanged();
}

void GraphScene::takeTheme()
{
    if (const auto look = m_theme->look(); look != m_look) {
        m_look = look;
        m_tiles.changeAll(++m_revision);
        polish();
    }
}

double GraphScene::pixelRatio() const
{
    return window() ? window()->effectiveDevicePixelRatio() : 1;
}

void GraphScene::setOf(GraphScene* scene)
{
    if (scene == m_of) {
        return;
    }
    if (m_of) {
        disconnect(m_of, nullptr, this, nullptr);
    }
    m_of = scene;
    setAcceptedMouseButtons(m_of ? Qt::NoButton : Qt::LeftButton);
    setAcceptHoverEvents(!m_of);
    if (m_of) {
        connect(m_of, &GraphScene::viewChanged, this, [this] {
            if (m_graph && m_of->isDownwards() != isDownwards()) {
                arrange();
            }
        });
    }
    Q_EMIT ofChanged();
}

bool GraphScene::isSmall() const
{
    return m_geometry->nodeCount() <= Small;
}

double GraphScene::zoomFor(QSizeF size) const
{
    return size.isEmpty() ? 1
                          : std::max(1e-4, std::min((width() - 2 * Margin) / size.width(),
                                                    (height() - 2 * Margin) / size.height()));
}

double GraphScene::fittingZoom() const
{
    return zoomFor(m_geometry->size());
}

bool GraphScene::wantsDownwards() const
{
    if (m_of) {
        return m_of->isDownwards();
    }
    const auto& layout = m_graph->layout();
    return zoomFor(GraphGeometry::leastSize(layout, true)) > zoomFor(GraphGeometry::leastSize(layout, false));
}

void GraphScene::arrange()
{
    const bool wasEmpty = m_geometry->nodeCount() == 0;
    const bool turns = wantsDownwards() != m_geometry->isDownwards();
    const auto before = m_geometry;
    m_geometry = std::make_shared<GraphGeometry>(m_graph->layout(), wantsDownwards());
    m_faces = m_graph->isArranging() ? Chunked<GraphFace>() : m_graph->faces();
    m_tiles.begin(m_geometry->size(), pixelRatio(), !wasEmpty && !turns && m_geometry->nodeCount() > 0, ++m_revision);
    m_selected = m_graph->indexOf(m_graph->selected());
    setHovered(-1);
    const bool isAlike = !turns && !wasEmpty && before->nodeCount() == m_geometry->nodeCount();
    const auto anchor = isAlike ? anchorIn(*before) : -1;
    if (isAlike && !m_of && (m_isMoved || anchor == m_selected)) {
        // What a person looks at stays under their eyes, although it stands elsewhere now.
        look(m_corner + m_geometry->nodeRect(anchor).topLeft() - before->nodeRect(anchor).topLeft(), m_zoom);
    } else {
        home();
    }
}

/// The node that is looked at, if it is seen, or the one nearest to the middle of the view.
int GraphScene::anchorIn(const GraphGeometry& geometry) const
{
    const QRectF view(m_corner, QSizeF(width(), height()) / m_zoom);
    if (m_selected >= 0 && view.intersects(geometry.nodeRect(m_selected))) {
        return m_selected;
    }
    int nearest = 0;
    auto least = std::numeric_limits<double>::max();
    for (int node = 0; node < geometry.nodeCount(); ++node) {
        const auto away = (geometry.nodeRect(node).center() - view.center()).manhattanLength();
        if (away < least) {
            least = away;
            nearest = node;
        }
    }
    return nearest;
}

void GraphScene::takeFaces()
{
    const auto& faces = m_graph->faces();
    if (faces.size() != m_geometry->nodeCount()) {
        return; // its nodes have no places yet
    }
    std::vector<QRectF> areas;
    for (int node = 0; node < m_geometry->nodeCount(); ++node) {
        if (m_faces[node] == faces[node]) {
            continue;
        }
        areas.push_back(m_geometry->nodeRect(node));
        if (m_faces[node].settled != faces[node].settled) {
            for (const auto line : m_geometry->linesOf(node)) {
                if (m_geometry->lines()[std::size_t(line)].dependency == node) {
                    areas.push_back(m_geometry->lineRect(line));
                }
            }
        }
    }
    const auto isOther = [&](int node) { return node >= 0 && m_faces[node] != faces[node]; };
    const bool hoveredSaysElse = isOther(m_hovered);
    const bool selectedSaysElse = isOther(m_selected);
    m_faces = faces;
    ++m_revision;
    for (const auto& area : areas) {
        m_tiles.change(area, m_revision);
    }
    polish();
    if (hoveredSaysElse) {
        Q_EMIT hoveredChanged();
    }
    if (selectedSaysElse) {
        tellAccessible(QAccessible::NameChanged);
    }
}

/// Of the node that is looked at, if the keyboard is here.
void GraphScene::tellAccessible(QAccessible::Event what)
{
    if (QAccessible::isActive() && m_selected >= 0 && !m_of && parentItem() && parentItem()->hasActiveFocus()) {
        QAccessibleEvent event(this, what);
        event.setChild(m_selected);
        QAccessible::updateAccessibility(&event);
    }
}

void GraphScene::takeSelected()
{
    const auto before = std::exchange(m_selected, m_graph->indexOf(m_graph->selected()));
    if (m_selected != before) {
        ++m_revision;
        changeLinesOf(before);
        changeLinesOf(m_selected);
        polish();
    }
    if (m_selected != before && !m_of) {
        reveal(m_selected);
        tellAccessible(QAccessible::Focus);
    }
    Q_EMIT viewChanged();
}

void GraphScene::changeLinesOf(int node)
{
    if (node < 0 || node >= m_geometry->nodeCount()) {
        return;
    }
    for (const auto line : m_geometry->linesOf(node)) {
        m_tiles.change(m_geometry->lineRect(line), m_revision);
    }
}

void GraphScene::look(QPointF corner, double zoom)
{
    m_zoom = std::clamp(zoom, std::min(LeastReadable, fittingZoom()), Largest);
    const auto scale = m_zoom * pixelRatio();
    const auto along = [&](double from, double whole, double room) {
        const auto margin = Margin / m_zoom;
        const bool fits = whole + 2 * margin <= room;
        const auto at = fits ? (whole - room) / 2 : std::clamp(from, -margin, whole - room + margin);
        return std::floor(at * scale + 0.5) / scale;
    };
    const auto size = m_geometry->size();
    m_corner = {along(corner.x(), size.width(), width() / m_zoom), along(corner.y(), size.height(), height() / m_zoom)};
    if (m_tiles.scale() == 0 || isSmall() || std::abs(std::log2(scale / m_tiles.scale())) > Octaves) {
        m_resting.stop();
        m_tiles.setScale(scale);
    } else if (scale != m_tiles.scale()) {
        m_resting.start();
    }
    Q_EMIT viewChanged();
    Q_EMIT hoveredChanged();
    polish();
}

void GraphScene::fit()
{
    m_isMoved = true;
    look({0, 0}, std::min(1.0, fittingZoom()));
}

void GraphScene::home()
{
    m_isMoved = false;
    const auto fitting = fittingZoom();
    look({0, 0}, m_of ? fitting : std::clamp(fitting, LeastReadable, 1.0));
    if (!m_of) {
        // The corner of a large drawing is empty more often than not.
        int current = 0;
        while (current < m_geometry->nodeCount() && !m_faces[current].current) {
            ++current;
        }
        reveal(m_selected >= 0 ? m_selected : current < m_geometry->nodeCount() ? current : 0);
    }
}

void GraphScene::reveal(int number)
{
    if (number < 0 || number >= m_geometry->nodeCount()) {
        return;
    }
    const auto node = m_geometry->nodeRect(number);
    const auto within = [this](double begin, double from, double size, double room) {
        const auto margin = Margin / m_zoom;
        return std::max(from + size + margin - room, std::min(begin, from - margin));
    };
    look({within(m_corner.x(), node.x(), node.width(), width() / m_zoom),
          within(m_corner.y(), node.y(), node.height(), height() / m_zoom)},
         m_zoom);
}

void GraphScene::zoomBy(double factor, QPointF about)
{
    m_isMoved = true;
    const auto before = m_zoom;
    const auto least = std::min(LeastReadable, fittingZoom());
    const auto zoom = std::clamp(before * factor, least, Largest);
    look(m_corner + about / before - about / zoom, zoom);
}

void GraphScene::moveBy(QPointF distance)
{
    m_isMoved = true;
    look(m_corner + distance / m_zoom, m_zoom);
}

void GraphScene::centreOn(QPointF part)
{
    m_isMoved = true;
    const auto size = m_geometry->size();
    look(QPointF(part.x() * size.width(), part.y() * size.height()) - QPointF(width(), height()) / (2 * m_zoom),
         m_zoom);
}

QString GraphScene::keyAt(QPointF point) const
{
    const auto node = nodeAt(point);
    return node < 0 ? QString() : m_graph->keyOf(node);
}

QRectF GraphScene::rectOf(int node) const
{
    if (node < 0 || node >= m_geometry->nodeCount()) {
        return {};
    }
    const auto rect = m_geometry->nodeRect(node);
    const auto place = [this](QPointF point) {
        const auto at = (point - m_corner) * m_zoom;
        return QPointF(std::floor(at.x() + 0.5), std::floor(at.y() + 0.5));
    };
    return {place(rect.topLeft()), place(rect.bottomRight())};
}

QString GraphScene::hoveredText() const
{
    return m_hovered < 0 ? QString() : m_graph->describe(m_hovered);
}

QRectF GraphScene::selectedRect() const
{
    return rectOf(m_selected);
}

QRectF GraphScene::seenPart() const
{
    return QRectF(m_corner, QSizeF(width(), height()) / m_zoom) & QRectF({0, 0}, m_geometry->size());
}

QRectF GraphScene::seen() const
{
    const auto part = seenPart();
    const auto size = m_geometry->size();
    return size.isEmpty() ? QRectF(0, 0, 1, 1)
                          : QRectF(part.x() / size.width(), part.y() / size.height(), part.width() / size.width(),
                                   part.height() / size.height());
}

bool GraphScene::isWhole() const
{
    return nodeCount() == 0 || seenPart().size() == m_geometry->size();
}

bool GraphScene::isCrisp() const
{
    return m_tiles.scale() == m_zoom * pixelRatio() && m_tiles.isCrisp(seenPart());
}

void GraphScene::takeTiles()
{
    m_tiles.take(m_painter.take(), seenPart());
    polish();
}

void GraphScene::updatePolish()
{
    if (m_tiles.scale() == 0 || m_look.glyphs.isEmpty()) {
        return;
    }
    const GraphPicture picture{m_geometry, m_faces, m_selected};
    m_tiles.beginFrame();
    if (isSmall()) {
        m_tiles.paint(GraphPainter(picture, m_look, m_tiles.scale(), pixelRatio()), seenPart(), m_revision);
    } else {
        m_painter.show(picture, m_look, pixelRatio(), m_revision);
        m_painter.want(m_tiles.wishes(seenPart(), !m_of));
    }
    m_tiles.endFrame();
    update();
}

QSGNode* GraphScene::updatePaintNode(QSGNode* old, UpdatePaintNodeData* data)
{
    Q_UNUSED(data)
    auto* images = old != nullptr ? static_cast<GraphImages*>(old) : new GraphImages;
    if (m_tiles.scale() == 0) {
        return images;
    }
    const auto places = m_tiles.places(seenPart());
    images->keepOnly(places);
    for (const auto& place : places) {
        const auto size = QSizeF(place.width, place.width) * m_zoom;
        images->show(window(), place, {(place.corner - m_corner) * m_zoom, size}, m_tiles.at(place.key));
    }
    return images;
}

void GraphScene::geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry)
{
    QQuickItem::geometryChange(newGeometry, oldGeometry);
    if (!m_graph || newGeometry.size() == oldGeometry.size() || newGeometry.isEmpty()) {
        return;
    }
    if (!m_isMoved && wantsDownwards() != isDownwards()) {
        arrange();
    } else if (m_isMoved) {
        look(m_corner, m_zoom);
    } else {
        home();
    }
}

void GraphScene::itemChange(ItemChange change, const ItemChangeData& data)
{
    QQuickItem::itemChange(change, data);
    if ((change == ItemSceneChange || change == ItemDevicePixelRatioHasChanged) && m_graph && window()) {
        arrange();
    }
}

void GraphScene::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->position();
    m_dragged = event->position();
    m_isDragging = false;
}

void GraphScene::mouseMoveEvent(QMouseEvent* event)
{
    const auto distance = (event->position() - m_pressed).manhattanLength();
    if (!m_isDragging && distance >= QGuiApplication::styleHints()->startDragDistance()) {
        m_isDragging = true;
        setKeepMouseGrab(true);
    }
    if (m_isDragging) {
        moveBy(m_dragged - event->position());
        m_dragged = event->position();
    }
}

void GraphScene::mouseReleaseEvent(QMouseEvent* event)
{
    setKeepMouseGrab(false);
    if (const auto key = keyAt(event->position()); !m_isDragging && !key.isEmpty()) {
        Q_EMIT tapped(key);
    }
    m_isDragging = false;
}

void GraphScene::mouseUngrabEvent()
{
    setKeepMouseGrab(false);
    m_isDragging = false;
}

void GraphScene::wheelEvent(QWheelEvent* event)
{
    if (m_of) {
        event->ignore();
        return;
    }
    const bool isTouched = !event->pixelDelta().isNull() && !(event->modifiers() & Qt::ControlModifier);
    if (isTouched) {
        moveBy(-QPointF(event->pixelDelta()));
    } else if (event->angleDelta().y() != 0) {
        zoomBy(std::pow(WheelStep, double(event->angleDelta().y()) / DegreesOfStep), event->position());
    }
    event->accept();
}

void GraphScene::hoverMoveEvent(QHoverEvent* event)
{
    setHovered(nodeAt(event->position()));
}

void GraphScene::hoverLeaveEvent(QHoverEvent* event)
{
    Q_UNUSED(event)
    setHovered(-1);
}

void GraphScene::setHovered(int node)
{
    if (node != m_hovered) {
        m_hovered = node;
        Q_EMIT hoveredChanged();
    }
}

} // namespace rc::ui
