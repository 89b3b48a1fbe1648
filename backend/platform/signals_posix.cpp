// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/signals.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace rc {

namespace {

using Ends = std::array<int, NSIG>;

Ends noEnds()
{
    Ends ends{};
    ends.fill(-1);
    return ends;
}

/// The self-pipe of each signal: a handler may do little more than write(2).
Ends writeEnds = noEnds();
Ends readEnds = noEnds();

void writeNumber(int signalNumber)
{
    const int errorBefore = errno;
    const auto number = static_cast<unsigned char>(signalNumber);
    // A full pipe loses nothing that matters: its reader has not yet heard of the signals before.
    [[maybe_unused]] const auto written = ::write(writeEnds.at(static_cast<size_t>(signalNumber)), &number, 1);
    errno = errorBefore;
}

void handle(int signalNumber, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(signalNumber, &action, nullptr);
}

} // namespace

SignalWatcher::SignalWatcher(QList<int> signalNumbers, QObject* parent)
    : QObject(parent)
    , m_signalNumbers(std::move(signalNumbers))
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        qFatal("No pipe for signals: %s", qPrintable(qt_error_string(errno)));
    }
    m_notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &SignalWatcher::drain);
    for (const int number : m_signalNumbers) {
        writeEnds.at(static_cast<size_t>(number)) = ends[1];
        readEnds.at(static_cast<size_t>(number)) = ends[0];
        handle(number, writeNumber);
    }
}

SignalWatcher::~SignalWatcher()
{
    int writeEnd = -1;
    for (const int number : m_signalNumbers) {
        handle(number, SIG_DFL);
        writeEnd = std::exchange(writeEnds.at(static_cast<size_t>(number)), -1);
        readEnds.at(static_cast<size_t>(number)) = -1;
    }
    ::close(writeEnd);
    ::close(static_cast<int>(m_notifier->socket()));
}

void SignalWatcher::drain()
{
    std::array<unsigned char, 64> numbers{};
    const auto length = ::read(static_cast<int>(m_notifier->socket()), numbers.data(), numbers.size());
    for (ssize_t i = 0; i < length; ++i) {
        Q_EMIT received(numbers.at(static_cast<size_t>(i)));
    }
}

int pendingSignal(int signalNumber)
{
    return readEnds.at(static_cast<size_t>(signalNumber));
}

InterruptWatcher::InterruptWatcher(QObject* parent)
    : QObject(parent)
    , m_watcher({SIGINT, SIGTERM})
{
    connect(&m_watcher, &SignalWatcher::received, this, [this] { Q_EMIT interrupted(++m_count); });
}

} // namespace rc
