// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/identity/session.h"
#include "backend/journal/journal.h"
#include "backend/restoration/configuration_history.h"
#include "backend/restoration/content_store.h"
#include "model/system/configuration.h"
#include "model/system/inventory.h"

namespace rc {

/// What applying a version did. Becomes a configuration_application artifact.
struct ConfigurationApplication
{
    ConfigurationVersion version;
    Timestamp timestamp;
    /// Files whose content or mode was another one before.
    QStringList changed;
    /// Read back from disk afterwards.
    QString hashOnDisk;

    [[nodiscard]] bool success() const { return hashOnDisk == version.hash; }
    [[nodiscard]] QJsonObject toJson() const;
};

/// How the files on disk differ from the newest version.
struct ConfigurationDrift
{
    SystemId system;
    /// 0 if there is no version yet.
    int version = 0;
    QString hashOnDisk;
    /// Paths that differ, are missing, or that the version does not have.
    QStringList changed;

    [[nodiscard]] bool isDrifted() const { return !changed.isEmpty(); }
};

/// Configurations of systems as immutable versions. The bytes lie in HOME/configurations/SHA256, written atomically and
/// checked whenever they are read; versions and trust marks are events of the journal on the streams
/// `configuration:SYSTEM` (backend/restoration/configuration_history.h) and read from there. Whoever asks for a change
/// needs an unlocked session (NotSignedIn); roles other than for trust are for the caller to check.
///
/// NotFound: no such system, version or file. InvalidInput: a system without a configuration, a path that leaves its
/// directory. VerificationFailed: a stored object is not what its name says. StoreError: the disk.
class ConfigurationService
{
public:
    /// The journal must outlive the service.
    ConfigurationService(Journal& journal, const QString& home, Inventory inventory);

    /// Takes the files of a system as they are now as a new version; the newest version is returned as it is if it has
    /// the same content.
    [[nodiscard]] Result<ConfigurationVersion> importRunning(const SecurityContext& context, const SystemId& system,
                                                             const QString& note);
    /// Marks a version as good, with the person's signed statement. PermissionDenied without a trusting role.
    [[nodiscard]] Result<TrustMark> trust(const SecurityContext& context, const SystemId& system, int version);
    /// Imports what runs now and marks it as good, for every system with a configuration, all or none. A version with a
    /// mark that counts already is not marked again.
    [[nodiscard]] Result<QList<ConfigurationVersion>> trustAll(const SecurityContext& context);
    /// Takes all marks of a version back. PermissionDenied without a trusting role, WrongState if there are none.
    [[nodiscard]] Status revokeTrust(const SecurityContext& context, const SystemId& system, int version,
                                     const QString& reason);

    /// Oldest first.
    [[nodiscard]] Result<QList<ConfigurationVersion>> versions(const SystemId& system);
    [[nodiscard]] Result<QList<TrustMark>> marks(const SystemId& system);
    [[nodiscard]] Result<ConfigurationVersion> get(const SystemId& system, int version);
    /// By configuration id or any longer part of the hash; the newest if versions share it.
    [[nodiscard]] Result<ConfigurationVersion> byId(const SystemId& system, const QString& id);
    [[nodiscard]] Result<ConfigurationVersion> lastKnownGood(const SystemId& system,
                                                             std::optional<Timestamp> compromisedSince);
    /// The version that a target means now. UnsupportedTargetState for a kind that is none of the three.
    [[nodiscard]] Result<ConfigurationVersion> resolve(const SystemId& system, const TargetState& target);

    /// The bytes of all files of a version, in its order.
    [[nodiscard]] Result<QList<QByteArray>> contents(const ConfigurationVersion& version) const;
    /// From the files on disk to the version's: unified, empty if they are equal.
    [[nodiscard]] Result<QString> diff(const ConfigurationVersion& version) const;
    /// The files that apply() would write.
    [[nodiscard]] Result<QStringList> changedFiles(const ConfigurationVersion& version) const;
    [[nodiscard]] Result<ConfigurationDrift> drift(const SystemId& system);
    /// The manifest hash of the system's files as they are now.
    [[nodiscard]] Result<QString> hashOnDisk(const SystemId& system) const;
    /// The manifest hash of a version's files as they are on disk now; equal to version.hash if it is in force. A
    /// missing file makes it another one.
    [[nodiscard]] Result<QString> hashOnDisk(const ConfigurationVersion& version) const;

    /// Whether the version's content is sound and its paths stay in their directory. Touches nothing.
    [[nodiscard]] Status canApply(const ConfigurationVersion& version) const;
    /// Whether apply() could write, and files would keep their owner; makes and removes temporary files beside them.
    /// StoreError, PermissionDenied.
    [[nodiscard]] Status tryApplying(const ConfigurationVersion& version) const;
    /// Writes all files of the version, each atomically and with the version's mode, and reads them back. Files that
    /// are as they should be are left alone. An Error may come after some were written.
    [[nodiscard]] Result<ConfigurationApplication> apply(const ConfigurationVersion& version) const;

    /// The directory and the files of a system's configuration.
    [[nodiscard]] Result<ConfigurationSpec> specOf(const SystemId& system) const;

private:
    /// A version to be, with the event that makes it one; no event if it is one already.
    struct Draft
    {
        ConfigurationVersion version;
        qint64 revision = 0; ///< of the stream it was drafted on
        std::optional<NewEvent> event;
    };
    [[nodiscard]] Result<ConfigurationHistory> history(const SystemId& system);
    [[nodiscard]] Result<Draft> draft(const SecurityContext& context, const SystemId& system, const QString& note);
    [[nodiscard]] Result<NewEvent> trustEvent(const SecurityContext& context,
                                              const ConfigurationVersion& version) const;
    [[nodiscard]] Result<bool> isTrusted(const ConfigurationVersion& version);

    Journal& m_journal;
    ContentStore m_objects;
    Inventory m_inventory;
};

} // namespace rc
