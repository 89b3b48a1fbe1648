// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/row_model.h"
#include "ui/console/graph_view_model.h"
#include "ui/console/system_row.h"

namespace rc::ui {

/// What one check of a system found last.
class HealthCheckRow
{
    Q_GADGET
    QML_VALUE_TYPE(healthCheckRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString stateText MEMBER stateText FINAL)
    Q_PROPERTY(rc::ui::Tone::Value tone MEMBER tone FINAL)
    Q_PROPERTY(QString message MEMBER message FINAL)
    /// "34 ms"; empty where nothing answered.
    Q_PROPERTY(QString latency MEMBER latency FINAL)

public:
    QString key;
    QString stateText;
    Tone::Value tone = Tone::Normal;
    QString message;
    QString latency;

    friend bool operator==(const HealthCheckRow&, const HealthCheckRow&) = default;
};

/// All systems of the network: as a graph of what needs what, as a table with the same facts, and the one that is
/// looked at. Works only while somebody looks.
class NetworkViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    Q_PROPERTY(rc::ui::GraphViewModel* graph READ graph CONSTANT FINAL)
    /// Somebody looks at it.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY shownChanged FINAL)
    /// Why there is nothing; a sentence.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed FINAL)
    /// Id of the system that is looked at; empty for none.
    Q_PROPERTY(QString selected READ selected WRITE setSelected NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::SystemRow system READ system NOTIFY changed FINAL)
    /// "Validator · height 18203".
    Q_PROPERTY(QString about READ about NOTIFY changed FINAL)
    /// "3 systems need it, directly or through others."
    Q_PROPERTY(QString reach READ reach NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* checks READ checks CONSTANT FINAL)
    /// What it needs directly, and what needs it.
    Q_PROPERTY(rc::ui::RowModelBase* needs READ needs CONSTANT FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* neededBy READ neededBy CONSTANT FINAL)
    /// The systems whose id, name, type or state holds what was typed; in the order of the inventory.
    Q_PROPERTY(rc::ui::RowModelBase* systems READ systems CONSTANT FINAL)
    /// Its place among them; -1 if it is not there.
    Q_PROPERTY(int selectedIndex READ selectedIndex NOTIFY changed FINAL)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY changed FINAL)
    /// "12 of 5000 systems"; empty without a filter.
    Q_PROPERTY(QString filterText READ filterText NOTIFY changed FINAL)

public:
    explicit NetworkViewModel(QObject* parent = nullptr);

    [[nodiscard]] GraphViewModel* graph() { return &m_graph; }
    [[nodiscard]] bool isShown() const { return m_shown; }
    void setShown(bool shown);
    [[nodiscard]] QString trouble() const { return m_trouble; }
    [[nodiscard]] QString selected() const { return m_selected.text(); }
    void setSelected(const QString& id);
    [[nodiscard]] SystemRow system() const { return m_system; }
    [[nodiscard]] QString about() const;
    [[nodiscard]] QString reach() const { return m_reach; }
    [[nodiscard]] RowModelBase* checks() { return &m_checks; }
    [[nodiscard]] RowModelBase* needs() { return &m_needs; }
    [[nodiscard]] RowModelBase* neededBy() { return &m_neededBy; }
    [[nodiscard]] RowModelBase* systems() { return &m_systems; }
    [[nodiscard]] int selectedIndex() const { return m_systems.indexOf(m_selected.text()); }
    /// Looks so many rows further down, or up, in `systems`.
    Q_INVOKABLE void selectNeighbour(int rows);
    [[nodiscard]] QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    [[nodiscard]] QString filterText() const;
    /// Looks at the next system that the filter lets through, after the one that is looked at and round the end.
    Q_INVOKABLE void findNext();

    void show(const Sight& sight);

Q_SIGNALS:
    void shownChanged();
    void changed();

private:
    void refresh();
    void showSelected(const QList<SystemRow>& rows);
    [[nodiscard]] bool passes(const SystemRow& row) const;

    Sight m_sight;
    GraphViewModel m_graph;
    bool m_shown = false;
    QString m_trouble;
    SystemId m_selected;
    SystemRow m_system;
    QString m_reach;
    RowModel<HealthCheckRow> m_checks;
    RowModel<SystemRow> m_needs;
    RowModel<SystemRow> m_neededBy;
    RowModel<SystemRow> m_systems;
    QString m_filter;
};

} // namespace rc::ui
