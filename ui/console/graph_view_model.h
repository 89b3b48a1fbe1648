// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/layered_layout.h"
#include "ui/base/row_model.h"
#include "ui/console/sight.h"
#include "ui/console/step_row.h"

#include <QLineF>

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
/// depends on what changes; states change in place.
class GraphViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    Q_PROPERTY(rc::ui::RowModelBase* nodes READ nodes CONSTANT FINAL)
    Q_PROPERTY(int layers READ layers NOTIFY arranged FINAL)
    Q_PROPERTY(double rows READ rows NOTIFY arranged FINAL)
    /// The node that is looked at; empty for none.
    Q_PROPERTY(QString selected READ selected WRITE setSelected NOTIFY selectedChanged FINAL)
    /// "Roll back, ready. Needs Confirm. Needed by Release.": what a person who does not see the drawing is told.
    Q_PROPERTY(QString selectedText READ selectedText NOTIFY selectedChanged FINAL)
    /// Where it stands, as `column` and `row` of the nodes; -1 for none.
    Q_PROPERTY(double selectedColumn READ selectedColumn NOTIFY selectedChanged FINAL)
    Q_PROPERTY(double selectedRow READ selectedRow NOTIFY selectedChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] RowModelBase* nodes() { return &m_nodes; }
    [[nodiscard]] int layers() const { return m_layout.layers; }
    [[nodiscard]] double rows() const { return m_layout.rows; }
    [[nodiscard]] const LayeredLayout& layout() const { return m_layout; }
    /// Nobody waits for this line any more: what it comes from is done, or healthy.
    [[nodiscard]] bool isSatisfied(const LayeredLayout::Line& line) const;

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
    /// Nodes or lines are elsewhere, or lines mean something else now.
    void arranged();

private:
    void arrange(const DependencyGraph& graph, QList<GraphNodeRow> rows);
    /// True if what is said of the node that is looked at, or its place, is another.
    bool describeSelected();
    [[nodiscard]] QString describe(int node) const;

    RowModel<GraphNodeRow> m_nodes;
    LayeredLayout m_layout;
    QList<QPair<int, int>> m_edges;
    int m_count = 0;
    QString m_selected;
    QString m_selectedText;
    QPointF m_selectedPlace{-1, -1};
};

} // namespace rc::ui
