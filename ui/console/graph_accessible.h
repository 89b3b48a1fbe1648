// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleObject>

#include <map>

namespace rc::ui {

class GraphScene;

/// A GraphScene for assistive technology: a list with an element for each node, although none is an item. Elements are
/// made when they are asked for.
class GraphAccessible : public QAccessibleObject
{
public:
    explicit GraphAccessible(GraphScene& scene);
    ~GraphAccessible() override;
    Q_DISABLE_COPY_MOVE(GraphAccessible)

    /// Makes scenes accessible; once is enough.
    static void install();

    [[nodiscard]] QWindow* window() const override;
    [[nodiscard]] QAccessibleInterface* parent() const override;
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override;
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override;
    [[nodiscard]] QAccessibleInterface* focusChild() const override;
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override;
    [[nodiscard]] QAccessible::State state() const override;

private:
    class Node;

    GraphScene& m_scene;
    mutable std::map<int, QAccessible::Id> m_nodes;
};

} // namespace rc::ui
