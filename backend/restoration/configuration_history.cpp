// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/configuration_history.h"

#include "model/base/signed_statement.h"

namespace rc {
namespace {

/// Nothing, if the row carries no statement.
std::optional<TrustMark> markFrom(const Record& row)
{
    const auto statement = SignedStatement::fromBody(row.body);
    if (!statement) {
        return std::nullopt;
    }
    const auto said = statement->content();
    return TrustMark{.system = SystemId(said["system"].toString()),
                     .version = said["version"].toInt(),
                     .hash = said["hash"].toString(),
                     .by = OperatorId(said["operator"].toString()),
                     .roles = enumsFromJson<Role>(row.body["roles"]),
                     .at = row.time,
                     .statement = QString::fromUtf8(statement->statement),
                     .revokedAt = {}};
}

} // namespace

ConfigurationHistory configurationHistory(const QList<Record>& rows)
{
    ConfigurationHistory history;
    for (const auto& row : rows) {
        if (row.kind == kind::ConfigurationImported) {
            const auto version = configurationVersionFromJson(row.body);
            if (version.hash == manifestHash(version.files)) {
                history.versions.append(version);
            }
        } else if (row.kind == kind::ConfigurationTrusted) {
            if (const auto mark = markFrom(row)) {
                history.marks.append(*mark);
            }
        } else if (row.kind == kind::ConfigurationTrustRevoked) {
            for (auto& mark : history.marks) {
                if (mark.version == row.body["version"].toInt() && !mark.revokedAt) {
                    mark.revokedAt = row.time;
                }
            }
        }
    }
    return history;
}

} // namespace rc
