// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/graph_view_model.h"

#include "ui/console/system_row.h"

#include <algorithm>

namespace rc::ui {
namespace {

/// So many nodes with so few edges are laid out in a few milliseconds.
constexpr int AtOnce = 50;
constexpr int EdgesAtOnce = 150;

/// Whether both are the same list in memory, as copies are that nobody changed.
template <class T>
bool isSame(const QList<T>& one, const QList<T>& other)
{
    return one.constData() == other.constData() && one.size() == other.size();
}

/// The same faces where there are as many, to be changed where they are others.
Chunked<GraphFace> asMany(const Chunked<GraphFace>& faces, qsizetype count)
{
    return faces.size() == count ? faces : Chunked<GraphFace>(count);
}

void setFace(Chunked<GraphFace>& faces, qsizetype at, const GraphFace& face)
{
    if (faces[at] != face) {
        faces.edit(at) = face;
    }
}

} // namespace

GraphViewModel::GraphViewModel(QObject* parent)
    : QObject(parent)
{
    connect(&m_worker, &LayoutWorker::drawn, this, &GraphViewModel::take);
}

void GraphViewModel::showSteps(const Plan& plan, const QList<StepRow>& steps)
{
    Nodes nodes{{}, asMany(m_faces, steps.size())};
    nodes.keys.reserve(steps.size());
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const auto& step = steps[i];
        nodes.keys.append(step.key);
        setFace(nodes.faces, i, {step.name, step.stateText, step.tone, step.current, isDone(plan.steps[i])});
    }
    const bool another = !isSame(m_steps, plan.procedure.steps);
    m_steps = plan.procedure.steps;
    m_systems.clear();
    show(nodes, another ? std::optional(plan.dependencies()) : std::nullopt);
}

void GraphViewModel::showSystems(const Sight& sight, const QList<SystemId>& affected)
{
    const auto& systems = sight.systems.inventory.systems;
    const QSet<SystemId> inIncident(affected.begin(), affected.end());
    const bool another = !isSame(m_systems, systems);
    Nodes nodes{another ? QStringList() : m_keys, asMany(m_faces, systems.size())};
    qsizetype at = 0;
    for (qsizetype i = 0; i < systems.size(); ++i) {
        const auto& system = systems[i];
        if (another) {
            nodes.keys.append(system.id.text());
        }
        // Both are in the same order. Nobody has looked at a system that is passed over yet.
        auto state = HealthState::Unknown;
        if (at < sight.systems.health.size() && sight.systems.health[at].id == system.id) {
            state = shownState(sight.systems.health[at++], sight);
        }
        setFace(nodes.faces, i,
                {system.name.isEmpty() ? system.id.text() : system.name, healthWords(state), toneOf(state),
                 inIncident.contains(system.id), state == HealthState::Healthy});
    }
    m_systems = systems;
    m_steps.clear();
    show(nodes, another ? std::optional(sight.systems.inventory.dependencies()) : std::nullopt);
}

void GraphViewModel::clear()
{
    m_systems.clear();
    m_steps.clear();
    show({}, DependencyGraph());
}

void GraphViewModel::show(Nodes nodes, const std::optional<DependencyGraph>& graph)
{
    const bool saysElse = nodes.keys != m_keys || !(nodes.faces == m_faces);
    m_keys = nodes.keys;
    m_faces = nodes.faces;
    if (graph) {
        arrange(*graph);
    }
    if (saysElse) {
        Q_EMIT facesChanged();
    }
    tellSelected();
}

void GraphViewModel::arrange(const DependencyGraph& graph)
{
    QList<QPair<int, int>> edges;
    for (int node = 0; node < graph.nodeCount(); ++node) {
        for (const auto dependency : graph.dependenciesOf(node)) {
            edges.append({node, dependency});
        }
    }
    if (edges == m_edges && graph.nodeCount() == m_nodeCount) {
        return;
    }
    m_edges = edges;
    m_nodeCount = graph.nodeCount();
    m_layout = {};
    m_worker.cancel();
    if (graph.nodeCount() <= AtOnce && edges.size() <= EdgesAtOnce) {
        m_layout = layeredLayout(graph);
    } else {
        m_worker.begin(graph);
    }
    Q_EMIT arranged();
}

void GraphViewModel::take(const LayeredLayout& layout)
{
    m_layout = layout;
    Q_EMIT arranged();
    tellSelected();
}

/// After the nodes: who hears of it asks for them.
void GraphViewModel::tellSelected()
{
    if (describeSelected()) {
        Q_EMIT selectedChanged();
    }
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
    const auto at = indexOf(m_selected);
    const auto text = at < 0 ? QString() : describe(at);
    const bool placed = at >= 0 && at < m_layout.nodes.size();
    const auto place = placed ? QPointF(m_layout.nodes[at].layer, m_layout.nodes[at].row) : QPointF(-1, -1);
    const bool changed = text != m_selectedText || place != m_selectedPlace;
    m_selectedText = text;
    m_selectedPlace = place;
    return changed;
}

QString GraphViewModel::describe(int node) const
{
    if (node < 0 || node >= m_faces.size()) {
        return {};
    }
    QStringList needs;
    QStringList neededBy;
    for (const auto& [dependent, dependency] : m_edges) {
        if (dependent == node) {
            needs.append(m_faces[dependency].name);
        } else if (dependency == node) {
            neededBy.append(m_faces[dependent].name);
        }
    }
    auto text = m_faces[node].name + ", " + m_faces[node].stateText.toLower() + ".";
    text += needs.isEmpty() ? QString(" Needs nothing.") : " Needs " + needs.join(", ") + ".";
    return neededBy.isEmpty() ? text : text + " Needed by " + neededBy.join(", ") + ".";
}

QString GraphViewModel::neighbour(const QString& key, Qt::Key arrow) const
{
    const auto at = indexOf(key);
    if (at < 0 || isArranging()) {
        return at < 0 ? m_keys.value(0) : key;
    }
    const auto& places = m_layout.nodes;
    QList<int> candidates;
    for (const auto& line : m_layout.lines) {
        if (arrow == Qt::Key_Left && line.dependent == at) {
            candidates.append(line.dependency);
        } else if (arrow == Qt::Key_Right && line.dependency == at) {
            candidates.append(line.dependent);
        }
    }
    for (int i = 0; i < places.size(); ++i) {
        const bool sameLayer = places[i].layer == places[at].layer;
        if (sameLayer && ((arrow == Qt::Key_Up && places[i].row < places[at].row) ||
                          (arrow == Qt::Key_Down && places[i].row > places[at].row))) {
            candidates.append(i);
        }
    }
    const auto nearest =
        std::ranges::min_element(candidates, {}, [&](int i) { return std::abs(places[i].row - places[at].row); });
    return nearest == candidates.end() ? key : m_keys[*nearest];
}

} // namespace rc::ui
