// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/row_model.h"
#include "ui/console/sight.h"

#include <QDateTime>
#include <QPointF>
#include <QPointer>
#include <QtCharts/QXYSeries>

namespace rc::ui {

/// A line of the chart of block heights.
class HeightRow
{
    Q_GADGET
    QML_VALUE_TYPE(heightRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)

public:
    QString key;
    QString name;

    friend bool operator==(const HeightRow&, const HeightRow&) = default;
};

/// Block heights of all nodes, since this window looks, at most the last ten minutes.
class HeightsViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    Q_PROPERTY(rc::ui::RowModelBase* nodes READ nodes CONSTANT FINAL)
    Q_PROPERTY(QDateTime from READ from NOTIFY sampled FINAL)
    Q_PROPERTY(QDateTime to READ to NOTIFY sampled FINAL)
    Q_PROPERTY(double low READ low NOTIFY sampled FINAL)
    Q_PROPERTY(double high READ high NOTIFY sampled FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] RowModelBase* nodes() { return &m_nodes; }
    [[nodiscard]] QDateTime from() const;
    [[nodiscard]] QDateTime to() const;
    [[nodiscard]] double low() const;
    [[nodiscard]] double high() const;

    void show(const Sight& sight);
    /// From now on this series shows the heights of a node.
    Q_INVOKABLE void fill(QXYSeries* series, const QString& node);

Q_SIGNALS:
    void sampled();

private:
    RowModel<HeightRow> m_nodes;
    /// Per node: time in ms since the epoch, height.
    QHash<QString, QList<QPointF>> m_heights;
    QHash<QString, QPointer<QXYSeries>> m_series;
    Timestamp m_last;
};

} // namespace rc::ui
