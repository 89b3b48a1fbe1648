// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/desk.h"
#include "app/lab/lab_layout.h"
#include "backend/services/supervisor_client.h"

namespace rc::ctl {

/// The practice network of a home: started, looked at, broken and stopped. Nothing else in the program knows that a
/// network is a lab.
class Lab
{
public:
    explicit Lab(Desk& desk)
        : m_desk(desk)
        , m_supervisor(desk.home())
    {
    }

    /// The port base this home's lab was laid out with; nothing if it never was.
    [[nodiscard]] std::optional<quint16> recordedPortBase() const;
    /// Lays the files out, starts what does not run, waits until the chain moves and the gateway serves, and writes the
    /// inventory where there is none. Busy if a port is taken by another program; a new lab then leaves nothing behind.
    [[nodiscard]] QCoro::Task<Status> up(quint16 portBase);
    /// Stops the systems of the lab, and the supervisor if it keeps nothing else. Nothing of the data is lost. NotFound
    /// where there is no lab.
    [[nodiscard]] QCoro::Task<Status> down();

    struct SystemState
    {
        lab::LabSystem system;
        std::optional<ChildRecord> child;
    };
    [[nodiscard]] QCoro::Task<Result<QList<SystemState>>> status();

    /// The faults of the lab, with what each does.
    [[nodiscard]] static QList<QPair<QString, QString>> faults();
    /// Makes a real fault. The answer says what was done. NotFound for an unknown fault or system.
    [[nodiscard]] QCoro::Task<Result<QJsonObject>> breakSystem(QString fault, QString systemId);

    /// As the inventory file describes it.
    [[nodiscard]] static Inventory inventoryOf(const lab::LabLayout& layout);

private:
    static constexpr std::chrono::seconds StopGrace{10};

    [[nodiscard]] static ChildSpec childOf(const lab::LabSystem& system);
    [[nodiscard]] Result<lab::LabLayout> layout() const;
    /// For a home without a lab: checks that there is room for one, and records it.
    [[nodiscard]] QCoro::Task<Status> begin(lab::LabLayout layout, quint16 portBase);
    [[nodiscard]] QCoro::Task<Status> startMissing(lab::LabLayout layout);
    [[nodiscard]] QCoro::Task<Status> awaitServing(Inventory inventory);
    [[nodiscard]] Status writeInventoryFile(const Inventory& inventory);
    [[nodiscard]] QCoro::Task<Result<QJsonObject>> breakConfiguration(lab::LabSystem system);

    Desk& m_desk;
    SupervisorClient m_supervisor;
};

} // namespace rc::ctl
