// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/service_manager.h"

namespace rc {

/// The artifact that stopping or starting a service leaves behind.
[[nodiscard]] inline QJsonObject serviceArtifact(ArtifactKind kind, const SystemId& system,
                                                 const ServiceActionResult& result)
{
    auto artifact = result.toJson();
    artifact["kind"] = QString(idOf(kind));
    artifact["system_id"] = system.text();
    return artifact;
}

} // namespace rc
