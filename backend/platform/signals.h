// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QSocketNotifier;

/// Signals of the operating system as Qt signals, delivered in the event loop of the thread that made the watcher.
/// Compiled for POSIX systems. One watcher of a kind per process.
namespace rc {

/// Tells of the given signal numbers. Their default effect is off for the life of the object, and back after it.
class SignalWatcher : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatcher(QList<int> signalNumbers, QObject* parent = nullptr);
    ~SignalWatcher() override;
    Q_DISABLE_COPY_MOVE(SignalWatcher)

Q_SIGNALS:
    void received(int signalNumber);

private:
    void drain();

    QList<int> m_signalNumbers;
    QSocketNotifier* m_notifier;
};

/// For who has to wait outside the event loop: a descriptor that can be read from once the signal has come and no event
/// loop has told of it yet. -1 if nobody watches the signal.
[[nodiscard]] int pendingSignal(int signalNumber);

/// Ctrl-C (SIGINT) and SIGTERM: the first asks for an orderly end, the second wants out now (cli.md).
class InterruptWatcher : public QObject
{
    Q_OBJECT

public:
    explicit InterruptWatcher(QObject* parent = nullptr);

Q_SIGNALS:
    /// count is 1 for the first interrupt of this process, 2 for the second, ...
    void interrupted(int count);

private:
    SignalWatcher m_watcher;
    int m_count = 0;
};

} // namespace rc
