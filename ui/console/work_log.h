// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/live_lines.h"
#include "model/base/clock_flag.h"
#include "ui/base/row_model.h"

#include <QDate>

namespace rc::ui {

/// A line of progress.
class LogRow
{
    Q_GADGET
    QML_VALUE_TYPE(logRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    /// Local time; with its day, if that is not today.
    Q_PROPERTY(QString time MEMBER time FINAL)
    Q_PROPERTY(QString text MEMBER text FINAL)

public:
    QString key;
    QString time;
    QString text;

    friend bool operator==(const LogRow&, const LogRow&) = default;
};

/// What the work at a plan says, newest first, and among it what is known of the clock that these times come from. The
/// lines of work are bounded in number; a word of the clock stays.
class WorkLog
{
public:
    static constexpr qsizetype MostLines = 200;

    [[nodiscard]] RowModelBase* rows() { return &m_rows; }

    void clear();
    void hear(const LiveLine& line);
    /// What is told of the clock; each flag is taken once.
    void tell(const QList<ClockFlag>& flags);
    /// What day it is where the log is read.
    void setToday(Timestamp now);

private:
    struct Line
    {
        QString key;
        LiveLine said;
        bool ofClock = false;
    };

    void show();

    QList<Line> m_lines;
    qint64 m_count = 0;
    qsizetype m_ofWork = 0;
    /// The last row of the store whose word of the clock is here.
    qint64 m_told = 0;
    QDate m_today;
    RowModel<LogRow> m_rows;
};

} // namespace rc::ui
