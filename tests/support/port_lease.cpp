// SPDX-License-Identifier: GPL-3.0-or-later
#include "port_lease.h"

#include <QCoreApplication>
#include <QDir>
#include <QTcpServer>

namespace rc::test {

namespace {

constexpr int PortsOfALab = 20;
constexpr int FirstPort = 20'000;
constexpr int LastPort = 32'000;

bool areFree(int base)
{
    for (int port = base; port < base + PortsOfALab; ++port) {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHost, quint16(port))) {
            return false;
        }
    }
    return true;
}

} // namespace

int PortLease::base()
{
    const int places = (LastPort - FirstPort) / PortsOfALab;
    for (int i = 0; m_base == 0 && i < places; ++i) {
        const int base = FirstPort + int((QCoreApplication::applicationPid() + i) % places) * PortsOfALab;
        auto lock = std::make_unique<QLockFile>(QString("%1/rc-lab-ports-%2.lock").arg(QDir::tempPath()).arg(base));
        lock->setStaleLockTime(0);
        if (lock->tryLock() && areFree(base)) {
            m_lock = std::move(lock);
            m_base = base;
        }
    }
    return m_base;
}

} // namespace rc::test
