// SPDX-License-Identifier: GPL-3.0-or-later
// What ConfigurationService changes: versions and marks in the journal, files on disk.
#include "backend/restoration/configuration_files.h"
#include "backend/restoration/configuration_history.h"
#include "backend/restoration/configuration_service.h"

#include <algorithm>

namespace rc {

Result<ConfigurationService::Draft> ConfigurationService::draft(const SecurityContext& context, const SystemId& system,
                                                                const QString& note)
{
    const auto spec = specOf(system);
    const auto revision = m_journal.revision(stream::configuration(system));
    const auto all = versions(system);
    if (!spec || !revision || !all) {
        return std::unexpected(!spec ? spec.error() : !revision ? revision.error() : all.error());
    }
    const auto found = readContents(spec->directory, spec->files);
    if (!found) {
        return std::unexpected(found.error());
    }
    ConfigurationVersion version{.system = system,
                                 .version = all->isEmpty() ? 1 : all->last().version + 1,
                                 .hash = {},
                                 .files = {},
                                 .note = note,
                                 .createdBy = context.operatorId,
                                 .createdAt = m_journal.now()};
    for (const auto& content : *found) {
        version.files.append(content.file);
    }
    version.hash = manifestHash(version.files);
    for (const auto& content : *found) {
        if (const auto kept = m_objects.put(content.bytes); !kept) {
            return std::unexpected(kept.error());
        }
    }
    if (!all->isEmpty() && all->last().hash == version.hash) {
        return Draft{all->last(), *revision, {}};
    }
    return Draft{version, *revision,
                 NewEvent{stream::configuration(system), kind::ConfigurationImported, toJson(version)}};
}

Result<ConfigurationVersion> ConfigurationService::importRunning(const SecurityContext& context, const SystemId& system,
                                                                 const QString& note)
{
    const auto made = draft(context, system, note);
    if (!made) {
        return std::unexpected(made.error());
    }
    if (made->event) {
        const Append act{{*made->event}, {{made->event->stream, made->revision}}, {}};
        if (const auto written = m_journal.append(act, *context.session); !written) {
            return std::unexpected(written.error());
        }
    }
    return made->version;
}

static Status mayTrust(const SecurityContext& context)
{
    if (context.actor().hasOneOf(trustingRoles())) {
        return {};
    }
    return fail(ErrorCode::PermissionDenied,
                QString("Only a %1 may say that a configuration is good.").arg(idOf(trustingRoles().first())),
                {{"required_roles", toJson(trustingRoles())}});
}

Result<NewEvent> ConfigurationService::trustEvent(const SecurityContext& context,
                                                  const ConfigurationVersion& version) const
{
    if (const auto allowed = mayTrust(context); !allowed) {
        return std::unexpected(allowed.error());
    }
    QJsonObject body{{"system", version.system.text()}, {"version", version.version}, {"hash", version.hash}};
    const auto statement =
        context.session->signStatement(kind::ConfigurationTrusted, m_journal.uuid(), body, m_journal.now());
    if (!statement) {
        return std::unexpected(statement.error());
    }
    body["roles"] = toJson(context.roles);
    statement->addTo(body);
    return NewEvent{stream::configuration(version.system), kind::ConfigurationTrusted, body};
}

Result<TrustMark> ConfigurationService::trust(const SecurityContext& context, const SystemId& system, int version)
{
    const auto found = get(system, version);
    if (!found) {
        return std::unexpected(found.error());
    }
    const auto event = trustEvent(context, *found);
    if (!event) {
        return std::unexpected(event.error());
    }
    const auto written = m_journal.append({{*event}, {}, {}}, *context.session);
    if (!written) {
        return std::unexpected(written.error());
    }
    return configurationHistory(*written).marks.last();
}

Result<bool> ConfigurationService::isTrusted(const ConfigurationVersion& version)
{
    const auto given = marks(version.system);
    if (!given) {
        return std::unexpected(given.error());
    }
    return rc::lastKnownGood(version.system, {version}, *given, {}).has_value();
}

Result<QList<ConfigurationVersion>> ConfigurationService::trustAll(const SecurityContext& context)
{
    if (const auto allowed = mayTrust(context); !allowed) {
        return std::unexpected(allowed.error()); // before anything is stored
    }
    Append act;
    QList<ConfigurationVersion> trusted;
    for (const auto& system : m_inventory.systems) {
        if (!system.configuration || system.configuration->files.isEmpty()) {
            continue;
        }
        const auto made = draft(context, system.id, "as found running");
        const auto known = made ? isTrusted(made->version) : std::unexpected(made.error());
        const auto event = known ? trustEvent(context, made->version) : std::unexpected(known.error());
        if (!event) {
            return std::unexpected(event.error());
        }
        if (made->event) {
            act.events.append(*made->event);
        }
        if (!*known) {
            act.events.append(*event);
        }
        act.expected.insert(event->stream, made->revision);
        trusted.append(made->version);
    }
    if (act.events.isEmpty()) {
        return trusted;
    }
    const auto written = m_journal.append(act, *context.session);
    return written ? Result<QList<ConfigurationVersion>>(trusted) : std::unexpected(written.error());
}

Status ConfigurationService::revokeTrust(const SecurityContext& context, const SystemId& system, int version,
                                         const QString& reason)
{
    const auto given = marks(system);
    if (!given) {
        return std::unexpected(given.error());
    }
    if (!context.actor().hasOneOf(trustingRoles())) {
        return fail(ErrorCode::PermissionDenied,
                    QString("Only a %1 may say that a configuration is no longer good.").arg(idOf(trustingRoles()[0])),
                    {{"required_roles", toJson(trustingRoles())}});
    }
    if (std::ranges::none_of(*given, [&](const auto& mark) { return mark.version == version && !mark.revokedAt; })) {
        return fail(ErrorCode::WrongState,
                    QString("Configuration version %1 of %2 is not marked as good.").arg(version).arg(system.text()));
    }
    const QJsonObject body{{"system", system.text()}, {"version", version}, {"reason", reason}};
    const auto written = m_journal.append(
        {{{stream::configuration(system), kind::ConfigurationTrustRevoked, body}}, {}, {}}, *context.session);
    return written ? Status() : std::unexpected(written.error());
}

Status ConfigurationService::canApply(const ConfigurationVersion& version) const
{
    const auto spec = specOf(version.system);
    const auto bytes = contents(version);
    if (!spec || !bytes) {
        return std::unexpected(spec ? bytes.error() : spec.error());
    }
    for (const auto& file : version.files) {
        if (const auto place = placeOf(spec->directory, file.path); !place) {
            return std::unexpected(place.error());
        }
    }
    return {};
}

Status ConfigurationService::tryApplying(const ConfigurationVersion& version) const
{
    const auto spec = specOf(version.system);
    return spec ? tryReplacing(spec->directory, pathsOf(version.files)) : std::unexpected(spec.error());
}

Result<ConfigurationApplication> ConfigurationService::apply(const ConfigurationVersion& version) const
{
    if (const auto possible = canApply(version); !possible) {
        return std::unexpected(possible.error());
    }
    const auto spec = specOf(version.system);
    const auto bytes = contents(version);
    const auto changed = changedFiles(version);
    if (!spec || !bytes || !changed) {
        return std::unexpected(!spec ? spec.error() : !bytes ? bytes.error() : changed.error());
    }
    for (qsizetype i = 0; i < version.files.size(); ++i) {
        const auto& file = version.files[i];
        if (!changed->contains(file.path)) {
            continue;
        }
        if (const auto written = writeContent(spec->directory, {file, (*bytes)[i]}); !written) {
            return std::unexpected(written.error());
        }
    }
    const auto readBack = hashOnDisk(version);
    if (!readBack) {
        return std::unexpected(readBack.error());
    }
    return ConfigurationApplication{version, m_journal.now(), *changed, *readBack};
}

} // namespace rc
