// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/graph_theme.h"
#include "ui/console/graph_view_model.h"
#include "ui/graph/graph_tiles.h"

#include <QAccessible>
#include <QPointer>
#include <QQuickItem>
#include <QTimer>

namespace rc::ui {

/// The drawing of a dependency graph, which can be moved and zoomed. It is drawn in squares beside the window
/// (TilePainter) and shown as images, which both scene graphs of Qt Quick do well: a square that is not drawn yet is
/// shown as it was at another zoom, in the end from an overview of the whole, so that there is never a hole.
class GraphScene : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(rc::ui::GraphViewModel* graph READ graph WRITE setGraph NOTIFY graphChanged FINAL REQUIRED)
    Q_PROPERTY(rc::ui::GraphTheme* theme READ theme WRITE setTheme NOTIFY themeChanged FINAL REQUIRED)
    Q_PROPERTY(double zoom READ zoom NOTIFY viewChanged FINAL)
    /// Layers follow each other downwards instead of to the right, where that leaves the drawing larger.
    Q_PROPERTY(bool downwards READ isDownwards NOTIFY viewChanged FINAL)
    /// All of the drawing is seen.
    Q_PROPERTY(bool whole READ isWhole NOTIFY viewChanged FINAL)
    /// A person has moved or zoomed it: it stays where it is.
    Q_PROPERTY(bool moved READ isMoved NOTIFY viewChanged FINAL)
    /// What is seen of the drawing, as a part of 1.
    Q_PROPERTY(QRectF seen READ seen NOTIFY viewChanged FINAL)
    /// Where the node is that is looked at, and the one under the pointer; empty for none.
    Q_PROPERTY(QRectF selectedRect READ selectedRect NOTIFY viewChanged FINAL)
    Q_PROPERTY(QRectF hoveredRect READ hoveredRect NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QString hovered READ hovered NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QString hoveredText READ hoveredText NOTIFY hoveredChanged FINAL)
    /// Where the whole drawing is, seen or not.
    Q_PROPERTY(QRectF drawn READ drawn NOTIFY viewChanged FINAL)
    /// Of which this is a small map: it shows the whole, lies the same way, and does not answer the pointer.
    Q_PROPERTY(rc::ui::GraphScene* of READ of WRITE setOf NOTIFY ofChanged FINAL)

public:
    explicit GraphScene(QQuickItem* parent = nullptr);

    [[nodiscard]] GraphViewModel* graph() const { return m_graph; }
    void setGraph(GraphViewModel* graph);
    [[nodiscard]] GraphTheme* theme() const { return m_theme; }
    void setTheme(GraphTheme* theme);
    [[nodiscard]] GraphScene* of() const { return m_of; }
    void setOf(GraphScene* scene);
    [[nodiscard]] double zoom() const { return m_zoom; }
    [[nodiscard]] bool isDownwards() const { return m_geometry->isDownwards(); }
    [[nodiscard]] bool isWhole() const;
    [[nodiscard]] bool isMoved() const { return m_isMoved; }
    [[nodiscard]] QRectF seen() const;
    [[nodiscard]] QRectF selectedRect() const;
    [[nodiscard]] QRectF hoveredRect() const { return rectOf(m_hovered); }
    [[nodiscard]] QString hovered() const { return m_hovered < 0 ? QString() : m_graph->keyOf(m_hovered); }
    [[nodiscard]] QString hoveredText() const;
    [[nodiscard]] QRectF drawn() const { return {-m_corner * m_zoom, m_geometry->size() * m_zoom}; }
    [[nodiscard]] int nodeCount() const { return m_geometry->nodeCount(); }
    /// The node that is looked at; -1 for none.
    [[nodiscard]] int selectedNode() const { return m_selected; }
    /// In the item; -1 where none is.
    [[nodiscard]] int nodeAt(QPointF point) const { return m_geometry->nodeAt(m_corner + point / m_zoom); }
    [[nodiscard]] QRectF rectOf(int node) const;
    /// Every square that is seen is drawn at this zoom, and shows the states of now.
    [[nodiscard]] bool isCrisp() const;

    /// What stands at this point of the item stays there.
    Q_INVOKABLE void zoomBy(double factor, QPointF about);
    Q_INVOKABLE void moveBy(QPointF distance);
    /// The middle of the view to this part of the drawing, as parts of 1.
    Q_INVOKABLE void centreOn(QPointF part);
    /// The whole drawing, but no larger than it is.
    Q_INVOKABLE void fit();
    /// As it was at first: readable, and if it fits the whole.
    Q_INVOKABLE void home();
    /// Empty where no node is.
    Q_INVOKABLE QString keyAt(QPointF point) const;

Q_SIGNALS:
    void graphChanged();
    void themeChanged();
    void ofChanged();
    void viewChanged();
    void hoveredChanged();
    void tapped(const QString& key);

protected:
    void geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;
    void updatePolish() override;
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData* data) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseUngrabEvent() override;
    void wheelEvent(QWheelEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;

private:
    void arrange();
    [[nodiscard]] int anchorIn(const GraphGeometry& geometry) const;
    void takeFaces();
    void takeTheme();
    void takeTiles();
    void takeSelected();
    void changeLinesOf(int node);
    void tellAccessible(QAccessible::Event what);
    /// Moves as little as it takes to see the whole of a node.
    void reveal(int number);
    /// Moves the view there, as far as there is something to see.
    void look(QPointF corner, double zoom);
    [[nodiscard]] bool wantsDownwards() const;
    [[nodiscard]] double zoomFor(QSizeF size) const;
    [[nodiscard]] double fittingZoom() const;
    [[nodiscard]] double pixelRatio() const;
    [[nodiscard]] bool isSmall() const;
    [[nodiscard]] QRectF seenPart() const;
    void setHovered(int node);

    QPointer<GraphViewModel> m_graph;
    QPointer<GraphTheme> m_theme;
    QPointer<GraphScene> m_of;

    std::shared_ptr<const GraphGeometry> m_geometry = std::make_shared<GraphGeometry>();
    Chunked<GraphFace> m_faces;
    GraphLook m_look;
    quint64 m_revision = 1;

    // The view: what of the drawing stands at the item's top left, and how large the drawing is.
    QPointF m_corner;
    double m_zoom = 1;
    /// A person has moved or zoomed it, so that it stays where it is.
    bool m_isMoved = false;
    int m_selected = -1;
    int m_hovered = -1;
    QPointF m_pressed;
    QPointF m_dragged;
    bool m_isDragging = false;

    TilePainter m_painter;
    GraphTiles m_tiles;
    QTimer m_resting;
};

} // namespace rc::ui
