// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/layout_worker.h"
#include "ui/console/sight.h"
#include "ui/console/step_row.h"
#include "ui/graph/graph_picture.h"

#include <QPointF>
#include <QQmlEngine>

#include <optional>

namespace rc::ui {

/// What needs what, with live state: the steps of a plan, or the systems of the network. Nodes move only when what
/// depends on what changes, or when a large graph, which is laid out beside the window, looks better; states change in
/// place.
class GraphViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    Q_PROPERTY(int count READ count NOTIFY facesChanged FINAL)
    /// A large graph has no places yet: it is being laid out.
    Q_PROPERTY(bool arranging READ isArranging NOTIFY arranged FINAL)
    /// The node that is looked at; empty for none.
    Q_PROPERTY(QString selected READ selected WRITE setSelected NOTIFY selectedChanged FINAL)
    /// "Roll back, ready. Needs Confirm. Needed by Release.": what a person who does not see the drawing is told.
    Q_PROPERTY(QString selectedText READ selectedText NOTIFY selectedChanged FINAL)
    /// Where it stands, in layers from what needs nothing on, and in rows; -1 for none.
    Q_PROPERTY(double selectedColumn READ selectedColumn NOTIFY selectedChanged FINAL)
    Q_PROPERTY(double selectedRow READ selectedRow NOTIFY selectedChanged FINAL)

public:
    explicit GraphViewModel(QObject* parent = nullptr);

    [[nodiscard]] int count() const { return int(m_faces.size()); }
    [[nodiscard]] bool isArranging() const { return m_layout.nodes.size() != m_faces.size(); }
    /// A better layout may still come.
    [[nodiscard]] bool isImproving() const { return m_worker.isWorking(); }
    /// Without nodes while a large graph is being laid out.
    [[nodiscard]] const LayeredLayout& layout() const { return m_layout; }
    [[nodiscard]] const Chunked<GraphFace>& faces() const { return m_faces; }
    [[nodiscard]] int indexOf(const QString& key) const { return int(m_keys.indexOf(key)); }
    /// "Roll back, ready. Needs Confirm. Needed by Release."
    [[nodiscard]] QString describe(int node) const;
    [[nodiscard]] QString keyOf(int node) const { return m_keys.value(node); }

    [[nodiscard]] QString selected() const { return m_selected; }
    void setSelected(const QString& key);
    [[nodiscard]] QString selectedText() const { return m_selectedText; }
    [[nodiscard]] double selectedColumn() const { return m_selectedPlace.x(); }
    [[nodiscard]] double selectedRow() const { return m_selectedPlace.y(); }

    void showSteps(const Plan& plan, const QList<StepRow>& steps);
    void showSystems(const Sight& sight, const QList<SystemId>& affected);
    void clear();

    /// The node that an arrow key leads to: along a line to the left or right, to the next of the layer up or down.
    /// `key` itself where there is none, the first node if `key` is not there.
    Q_INVOKABLE QString neighbour(const QString& key, Qt::Key arrow) const;
    /// A person wants to look at this node. Whoever owns the selection decides.
    Q_INVOKABLE void choose(const QString& key) { Q_EMIT chosen(key); }

Q_SIGNALS:
    void chosen(const QString& key);
    /// Another node is looked at, or what is said of it, or its place, is another.
    void selectedChanged();
    /// Nodes and lines are elsewhere, or others.
    void arranged();
    /// Of some nodes something else is said.
    void facesChanged();

private:
    /// Its nodes, in order; a graph is read only where what it was made from is another.
    struct Nodes
    {
        QStringList keys;
        Chunked<GraphFace> faces;
    };
    void show(Nodes nodes, const std::optional<DependencyGraph>& graph);
    void arrange(const DependencyGraph& graph);
    void take(const LayeredLayout& layout);
    void tellSelected();
    /// True if what is said of the node that is looked at, or its place, is another.
    bool describeSelected();

    LayoutWorker m_worker;
    LayeredLayout m_layout;
    QStringList m_keys;
    Chunked<GraphFace> m_faces;
    /// What the lines were read from; a copy, so that the same list is known by its place in memory.
    QList<System> m_systems;
    QList<Step> m_steps;
    QList<QPair<int, int>> m_edges;
    int m_nodeCount = 0;
    QString m_selected;
    QString m_selectedText;
    QPointF m_selectedPlace{-1, -1};
};

} // namespace rc::ui
