// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/row_model.h"
#include "ui/console/layout_worker.h"
#include "ui/console/sight.h"
#include "ui/console/step_row.h"
#include "ui/graph/graph_picture.h"

#include <QPointF>

namespace rc::ui {

/// A step or a system in the dependency graph.
class GraphNodeRow
{
    Q_GADGET
    QML_VALUE_TYPE(graphNodeRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString stateText MEMBER stateText FINAL)
    Q_PROPERTY(rc::ui::Tone::Value tone MEMBER tone FINAL)
    /// Where it stands, in layers from what needs nothing on, and in rows.
    Q_PROPERTY(double column MEMBER column FINAL)
    Q_PROPERTY(double row MEMBER row FINAL)
    /// The current step; a system of the incident.
    Q_PROPERTY(bool current MEMBER current FINAL)

public:
    QString key;
    QString name;
    QString stateText;
    Tone::Value tone = Tone::Normal;
    double column = 0;
    double row = 0;
    bool current = false;
    /// Nobody waits for it any more: done, or healthy.
    bool settled = false;

    friend bool operator==(const GraphNodeRow&, const GraphNodeRow&) = default;
};

/// What needs what, with live state: the steps of a plan, or the systems of the network. Nodes move only when what
/// depends on what changes, or when a large graph, which is laid out beside the window, looks better; states change in
/// place.
class GraphViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    Q_PROPERTY(rc::ui::RowModelBase* nodes READ nodes CONSTANT FINAL)
    /// A large graph has no places yet: it is being laid out.
    Q_PROPERTY(bool arranging READ isArranging NOTIFY arranged FINAL)
    /// The node that is looked at; empty for none.
    Q_PROPERTY(QString selected READ selected WRITE setSelected NOTIFY selectedChanged FINAL)
    /// "Roll back, ready. Needs Confirm. Needed by Release.": what a person who does not see the drawing is told.
    Q_PROPERTY(QString selectedText READ selectedText NOTIFY selectedChanged FINAL)
    /// Where it stands, as `column` and `row` of the nodes; -1 for none.
    Q_PROPERTY(double selectedColumn READ selectedColumn NOTIFY selectedChanged FINAL)
    Q_PROPERTY(double selectedRow READ selectedRow NOTIFY selectedChanged FINAL)

public:
    explicit GraphViewModel(QObject* parent = nullptr);

    [[nodiscard]] RowModelBase* nodes() { return &m_nodes; }
    [[nodiscard]] bool isArranging() const { return m_layout.nodes.size() != m_faces.size(); }
    /// A better layout may still come.
    [[nodiscard]] bool isImproving() const { return m_worker.isWorking(); }
    /// Without nodes while a large graph is being laid out.
    [[nodiscard]] const LayeredLayout& layout() const { return m_layout; }
    [[nodiscard]] const Chunked<GraphFace>& faces() const { return m_faces; }
    [[nodiscard]] int indexOf(const QString& key) const { return m_nodes.indexOf(key); }
    /// "Roll back, ready. Needs Confirm. Needed by Release."
    [[nodiscard]] QString describe(int node) const;
    [[nodiscard]] QString keyOf(int node) const { return m_nodes.rows().value(node).key; }

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
    void arrange(const DependencyGraph& graph, const QList<GraphNodeRow>& rows);
    void take(const LayeredLayout& layout);
    void show(QList<GraphNodeRow> rows);
    void tellSelected();
    bool showFaces(const QList<GraphNodeRow>& rows);
    /// True if what is said of the node that is looked at, or its place, is another.
    bool describeSelected();

    RowModel<GraphNodeRow> m_nodes;
    LayoutWorker m_worker;
    LayeredLayout m_layout;
    Chunked<GraphFace> m_faces;
    QList<QPair<int, int>> m_edges;
    QString m_selected;
    QString m_selectedText;
    QPointF m_selectedPlace{-1, -1};
};

} // namespace rc::ui
