// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/graph_view_model.h"

#include "ui/console/system_row.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
namespace {

/// So many nodes with so few edges are laid out in a few milliseconds.
constexpr int AtOnce = 50;
constexpr int EdgesAtOnce = 150;

} // namespace

GraphViewModel::GraphViewModel(QObject* parent)
    : QObject(parent)
{
    connect(&m_worker, &LayoutWorker::drawn, this, &GraphViewModel::take);
}

void GraphViewModel::showSteps(const Plan& plan, const QList<StepRow>& steps)
{
    QList<GraphNodeRow> rows;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const auto& step = steps[i];
        rows.append({step.key, step.name, step.stateText, step.tone, 0, 0, step.current, isDone(plan.steps[i])});
    }
    arrange(plan.dependencies(), rows);
}

void GraphViewModel::showSystems(const Sight& sight, const QList<SystemId>& affected)
{
    QList<GraphNodeRow> rows;
    QHash<QString, SystemRow> known;
    for (const auto& row : systemRows(sight)) {
        known.insert(row.key, row);
    }
    for (const auto& system : sight.systems.inventory.systems) {
        // Nobody has looked at it yet.
        SystemRow unknown;
        unknown.stateText = words(idOf(HealthState::Unknown));
        unknown.tone = Tone::Unknown;
        const auto row = known.value(system.id.text(), unknown);
        rows.append({system.id.text(), system.name.isEmpty() ? system.id.text() : system.name, row.stateText, row.tone,
                     0, 0, affected.contains(system.id), row.healthy});
    }
    arrange(sight.systems.inventory.dependencies(), rows);
}

void GraphViewModel::clear()
{
    arrange({}, {});
}

void GraphViewModel::arrange(const DependencyGraph& graph, const QList<GraphNodeRow>& rows)
{
    QList<QPair<int, int>> edges;
    for (int node = 0; node < graph.nodeCount(); ++node) {
        for (const auto dependency : graph.dependenciesOf(node)) {
            edges.append({node, dependency});
        }
    }
    const bool elsewhere = edges != m_edges || rows.size() != m_faces.size();
    if (elsewhere) {
        m_edges = edges;
        m_layout = {};
        m_worker.cancel();
        if (graph.nodeCount() <= AtOnce && edges.size() <= EdgesAtOnce) {
            m_layout = layeredLayout(graph);
        } else {
            m_worker.begin(graph);
        }
    }
    const bool saysElse = showFaces(rows);
    show(rows);
    if (elsewhere) {
        Q_EMIT arranged();
    }
    if (saysElse) {
        Q_EMIT facesChanged();
    }
    tellSelected();
}

void GraphViewModel::take(const LayeredLayout& layout)
{
    m_layout = layout;
    show(m_nodes.rows());
    Q_EMIT arranged();
    tellSelected();
}

/// The rows, each where its node is.
void GraphViewModel::show(QList<GraphNodeRow> rows)
{
    for (qsizetype i = 0; i < rows.size() && !isArranging(); ++i) {
        rows[i].column = m_layout.nodes[i].layer;
        rows[i].row = m_layout.nodes[i].row;
    }
    m_nodes.replace(rows);
}

/// After the nodes: who hears of it asks for them.
void GraphViewModel::tellSelected()
{
    if (describeSelected()) {
        Q_EMIT selectedChanged();
    }
}

bool GraphViewModel::showFaces(const QList<GraphNodeRow>& rows)
{
    bool saysElse = false;
    if (m_faces.size() != rows.size()) {
        m_faces = Chunked<GraphFace>(rows.size());
        saysElse = true;
    }
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const GraphFace face{row.name, row.stateText, row.tone, row.current, row.settled};
        if (face != m_faces[i]) {
            m_faces.edit(i) = face;
            saysElse = true;
        }
    }
    return saysElse;
}

void GraphViewModel::setSelected(const QString& key)
{
    if (key != m_selected) {
        m_selected = key;
        describeSelected();
        Q_EMIT selectedChanged();
    }
}

bool GraphViewModel::describeSelected()
{
    const auto at = m_nodes.indexOf(m_selected);
    const auto text = at < 0 ? QString() : describe(at);
    const auto place = at < 0 ? QPointF(-1, -1) : QPointF(m_nodes.rows()[at].column, m_nodes.rows()[at].row);
    const bool changed = text != m_selectedText || place != m_selectedPlace;
    m_selectedText = text;
    m_selectedPlace = place;
    return changed;
}

QString GraphViewModel::describe(int node) const
{
    const auto& rows = m_nodes.rows();
    if (node < 0 || node >= rows.size()) {
        return {};
    }
    QStringList needs;
    QStringList neededBy;
    for (const auto& [dependent, dependency] : m_edges) {
        if (dependent == node) {
            needs.append(rows[dependency].name);
        } else if (dependency == node) {
            neededBy.append(rows[dependent].name);
        }
    }
    auto text = rows[node].name + ", " + rows[node].stateText.toLower() + ".";
    text += needs.isEmpty() ? QString(" Needs nothing.") : " Needs " + needs.join(", ") + ".";
    return neededBy.isEmpty() ? text : text + " Needed by " + neededBy.join(", ") + ".";
}

QString GraphViewModel::neighbour(const QString& key, Qt::Key arrow) const
{
    const auto& rows = m_nodes.rows();
    const auto at = m_nodes.indexOf(key);
    if (at < 0) {
        return rows.isEmpty() ? QString() : rows.first().key;
    }
    QList<int> candidates;
    for (const auto& line : m_layout.lines) {
        if (arrow == Qt::Key_Left && line.dependent == at) {
            candidates.append(line.dependency);
        } else if (arrow == Qt::Key_Right && line.dependency == at) {
            candidates.append(line.dependent);
        }
    }
    for (int i = 0; i < rows.size(); ++i) {
        const bool sameLayer = rows[i].column == rows[at].column;
        if (sameLayer && ((arrow == Qt::Key_Up && rows[i].row < rows[at].row) ||
                          (arrow == Qt::Key_Down && rows[i].row > rows[at].row))) {
            candidates.append(i);
        }
    }
    const auto nearest =
        std::ranges::min_element(candidates, {}, [&](int i) { return std::abs(rows[i].row - rows[at].row); });
    return nearest == candidates.end() ? key : rows[*nearest].key;
}

} // namespace rc::ui
