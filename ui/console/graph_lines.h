// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/graph_view_model.h"

#include <QColor>
#include <QPointer>
#include <QQuickPaintedItem>

namespace rc::ui {

/// The lines of a dependency graph, under its nodes. Sizes in pixels; the colours are the theme's.
class GraphLines : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(rc::ui::GraphViewModel* graph READ graph WRITE setGraph NOTIFY changed FINAL REQUIRED)
    /// From node to node.
    Q_PROPERTY(QSizeF cell MEMBER m_cell NOTIFY changed FINAL)
    /// Of a node.
    Q_PROPERTY(QSizeF node MEMBER m_node NOTIFY changed FINAL)
    /// Layers follow each other downwards instead of to the right.
    Q_PROPERTY(bool downwards MEMBER m_downwards NOTIFY changed FINAL)
    /// Of a line that somebody waits for, and of one that nobody does.
    Q_PROPERTY(QColor ink MEMBER m_ink NOTIFY changed FINAL)
    Q_PROPERTY(QColor quiet MEMBER m_quiet NOTIFY changed FINAL)

public:
    explicit GraphLines(QQuickItem* parent = nullptr);

    [[nodiscard]] GraphViewModel* graph() const { return m_graph; }
    void setGraph(GraphViewModel* graph);
    void paint(QPainter* painter) override;

Q_SIGNALS:
    void changed();

private:
    QPointer<GraphViewModel> m_graph;
    QSizeF m_cell;
    QSizeF m_node;
    bool m_downwards = false;
    QColor m_ink;
    QColor m_quiet;
};

} // namespace rc::ui
