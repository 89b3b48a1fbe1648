// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/sight.h"
#include "ui/console/step_row.h"

namespace rc::ui {

/// A system and how it is, as far as is known.
class SystemRow
{
    Q_GADGET
    QML_VALUE_TYPE(systemRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString type MEMBER type FINAL)
    Q_PROPERTY(QString stateText MEMBER stateText FINAL)
    Q_PROPERTY(rc::ui::Tone::Value tone MEMBER tone FINAL)
    /// Why it is not healthy.
    Q_PROPERTY(QString reason MEMBER reason FINAL)
    /// Of the oldest of its checks, s. Counts on while nothing comes.
    Q_PROPERTY(int age MEMBER age FINAL)
    /// -1: it is not a node, or does not answer.
    Q_PROPERTY(qint64 chainHeight MEMBER chainHeight FINAL)
    Q_PROPERTY(bool moving MEMBER moving FINAL)

public:
    QString key;
    QString name;
    QString type;
    QString stateText;
    Tone::Value tone = Tone::Normal;
    QString reason;
    int age = 0;
    qint64 chainHeight = -1;
    bool moving = false;
    bool healthy = false;

    friend bool operator==(const SystemRow&, const SystemRow&) = default;
};

/// "Healthy", "Unhealthy": the words of rows and graphs.
[[nodiscard]] const QString& healthWords(HealthState state);
/// How a system is as far as anybody may believe: what is too old is stale, whatever it said.
[[nodiscard]] HealthState shownState(const SystemHealth& health, const Sight& sight);
/// All systems that were looked at, in the order of the inventory. What is too old to be believed is stale, whatever it
/// said.
[[nodiscard]] QList<SystemRow> systemRows(const Sight& sight);
/// The same, worst first.
[[nodiscard]] QList<SystemRow> worstFirst(QList<SystemRow> rows);

} // namespace rc::ui
