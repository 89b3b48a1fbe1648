// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/graph_accessible.h"

#include "ui/console/graph_scene.h"

#include <QQuickWindow>

namespace rc::ui {
namespace {

QRect onScreen(const GraphScene& scene, const QRectF& rect)
{
    const auto inScene = scene.mapRectToScene(rect).toAlignedRect();
    return scene.window() ? QRect(scene.window()->mapToGlobal(inScene.topLeft()), inScene.size()) : QRect();
}

} // namespace

/// A node of the graph. Its number is its place among the children.
class GraphAccessible::Node : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    Node(GraphScene& scene, int number)
        : m_scene(scene)
        , m_number(number)
    {
    }

    [[nodiscard]] int number() const { return m_number; }

    [[nodiscard]] bool isValid() const override { return m_scene.graph() && m_number < m_scene.nodeCount(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_scene.window(); }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(&m_scene);
    }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        Q_UNUSED(index)
        return nullptr;
    }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        Q_UNUSED(child)
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        Q_UNUSED(x)
        Q_UNUSED(y)
        return nullptr;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_scene.graph()->describe(m_number) : QString();
    }
    void setText(QAccessible::Text kind, const QString& text) override
    {
        Q_UNUSED(kind)
        Q_UNUSED(text)
    }
    [[nodiscard]] QRect rect() const override { return onScreen(m_scene, m_scene.rectOf(m_number)); }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        const bool isSelected = isValid() && m_scene.selectedNode() == m_number;
        state.selectable = state.focusable = true;
        state.selected = isSelected;
        state.focused = isSelected && m_scene.parentItem() && m_scene.parentItem()->hasActiveFocus();
        state.offscreen = !rect().intersects(onScreen(m_scene, m_scene.boundingRect()));
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override
    {
        if (name == pressAction() && isValid()) {
            Q_EMIT m_scene.tapped(m_scene.graph()->keyOf(m_number));
        }
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString& name) const override
    {
        Q_UNUSED(name)
        return {};
    }

private:
    GraphScene& m_scene;
    int m_number;
};

GraphAccessible::GraphAccessible(GraphScene& scene)
    : QAccessibleObject(&scene)
    , m_scene(scene)
{
}

GraphAccessible::~GraphAccessible()
{
    for (const auto& [number, id] : m_nodes) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

void GraphAccessible::install()
{
    static const bool once = [] {
        QAccessible::installFactory([](const QString&, QObject* object) -> QAccessibleInterface* {
            auto* scene = qobject_cast<GraphScene*>(object);
            return scene ? new GraphAccessible(*scene) : nullptr;
        });
        return true;
    }();
    Q_UNUSED(once)
}

QWindow* GraphAccessible::window() const
{
    return m_scene.window();
}

QAccessibleInterface* GraphAccessible::parent() const
{
    return QAccessible::queryAccessibleInterface(m_scene.parentItem());
}

int GraphAccessible::childCount() const
{
    return m_scene.nodeCount();
}

QAccessibleInterface* GraphAccessible::child(int index) const
{
    if (index < 0 || index >= childCount()) {
        return nullptr;
    }
    const auto known = m_nodes.find(index);
    if (known != m_nodes.end()) {
        return QAccessible::accessibleInterface(known->second);
    }
    auto* node = new Node(m_scene, index);
    m_nodes[index] = QAccessible::registerAccessibleInterface(node);
    return node;
}

int GraphAccessible::indexOfChild(const QAccessibleInterface* child) const
{
    const auto* node = dynamic_cast<const Node*>(child);
    return node != nullptr ? node->number() : -1;
}

QAccessibleInterface* GraphAccessible::childAt(int x, int y) const
{
    if (!m_scene.window()) {
        return nullptr;
    }
    return child(m_scene.nodeAt(m_scene.mapFromScene(m_scene.window()->mapFromGlobal(QPoint(x, y)))));
}

QAccessibleInterface* GraphAccessible::focusChild() const
{
    return child(m_scene.selectedNode());
}

QString GraphAccessible::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Name ? QString("Nodes") : QString();
}

QRect GraphAccessible::rect() const
{
    return onScreen(m_scene, m_scene.boundingRect());
}

QAccessible::Role GraphAccessible::role() const
{
    return QAccessible::List;
}

QAccessible::State GraphAccessible::state() const
{
    QAccessible::State state;
    state.invisible = !m_scene.isVisible();
    return state;
}

} // namespace rc::ui
