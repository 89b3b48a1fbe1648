// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QList>
#include <QThread>

#include <algorithm>

namespace rc::drill {

/// An application that measures how long its own thread spends on each event it handles, rendering apart. What a person
/// feels as a hitch is one of these.
class HandlerClock : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        // Other threads come here too.
        const auto type = event->type();
        if (QThread::currentThread() != thread() || m_depth > 0 || isFrame(receiver, type)) {
            return QApplication::notify(receiver, event);
        }
        const char* const name = receiver->metaObject()->className(); // It may be gone afterwards.
        ++m_depth;
        QElapsedTimer timer;
        timer.start();
        const bool handled = QApplication::notify(receiver, event);
        const double spent = double(timer.nsecsElapsed()) / 1e6;
        --m_depth;
        m_spent.append(spent);
        if (spent > m_longest) {
            m_longest = spent;
            m_longestName = QString("%1 of a %2").arg(int(type)).arg(QLatin1StringView(name));
        }
        return handled;
    }

    /// How many handlers there were, and the time in milliseconds that all but one in a thousand took at most, and the
    /// longest.
    [[nodiscard]] QString result()
    {
        std::ranges::sort(m_spent);
        const auto rank = m_spent.size() - 1 - m_spent.size() / 1000;
        return QString("%1 handlers, p50 %2 ms, p99 %3 ms, p99.9 %4 ms, longest %5 ms (event %6)")
            .arg(m_spent.size())
            .arg(m_spent[m_spent.size() / 2], 0, 'f', 3)
            .arg(m_spent[m_spent.size() - 1 - m_spent.size() / 100], 0, 'f', 1)
            .arg(m_spent[rank], 0, 'f', 1)
            .arg(m_longest, 0, 'f', 1)
            .arg(m_longestName);
    }

private:
    /// Drawing is asked for by these; a window's own timer is how most platforms ask for the next frame.
    static bool isFrame(const QObject* receiver, QEvent::Type type)
    {
        return type == QEvent::UpdateRequest || type == QEvent::Expose ||
               (type == QEvent::Timer && receiver->isWindowType());
    }

    int m_depth = 0;
    QList<double> m_spent;
    double m_longest = 0;
    QString m_longestName;
};

} // namespace rc::drill
