// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/platform/files.h"
#include "backend/restoration/configuration_history.h"
#include "backend/restoration/configuration_service.h"
#include "tests/backend/journal/journal_fixture.h"

#include <QDir>

namespace rc::test {

/// A store with an administrator, an analyst who may trust and an operator who may not.
class TrustStore : public Store
{
public:
    TrustStore()
    {
        add("olga", {Role::IncidentCommander});
        const auto olga = signIn("olga");
        add("ben", {Role::SecurityAnalyst}, olga);
        add("nina", {Role::NodeOperator, Role::ProtocolLead}, olga);
    }
};

/// An inventory of systems with configuration files on disk, without processes.
class ConfigurationDisk
{
public:
    SystemId add(const QString& id, const QStringList& files)
    {
        System system;
        system.id = SystemId(id);
        system.type = "node";
        system.configuration = ConfigurationSpec{directoryOf(system.id), files};
        inventory.systems.append(system);
        QDir().mkpath(directoryOf(system.id));
        for (const auto& file : files) {
            put(system.id, file, (id + ' ' + file + '\n').toUtf8());
        }
        return system.id;
    }
    void put(const SystemId& id, const QString& file, const QByteArray& bytes, int mode = 0640) const
    {
        const auto written = writeFileAtomically(directoryOf(id) + '/' + file, bytes, mode);
        QVERIFY(written);
    }
    [[nodiscard]] QByteArray get(const SystemId& id, const QString& file) const
    {
        return readFile(directoryOf(id) + '/' + file).value_or("none");
    }
    [[nodiscard]] QString directoryOf(const SystemId& id) const { return m_directory.filePath(id.text()); }

    Inventory inventory;

private:
    QTemporaryDir m_directory;
};

} // namespace rc::test
