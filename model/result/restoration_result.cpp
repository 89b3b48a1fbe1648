// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/result/restoration_result.h"

namespace rc {

QJsonObject toJson(const RestorationResult& result)
{
    QJsonArray checks;
    for (const auto& check : result.verificationResults) {
        checks.append(QJsonObject{{"name", check.name}, {"passed", check.passed}, {"detail", check.detail}});
    }
    return {
        {"system_id", result.systemId.text()},      {"success", result.success},
        {"timestamp", toRfc3339(result.timestamp)}, {"details", result.details},
        {"verification_results", checks},           {"artifacts", result.artifacts},
    };
}

QJsonObject toJson(const RestorationPreview& preview)
{
    auto object = toJson(RestorationResult{
        .systemId = preview.systemId, .success = true, .timestamp = preview.timestamp, .details = preview.details});
    object["diff"] = preview.diff;
    object["actions"] = QJsonArray::fromStringList(preview.actions);
    return object;
}

QString restoredSentence(const QString& noun, const SystemId& system, int version)
{
    return QString("%1 %2 restored to configuration version %3").arg(noun, system.text()).arg(version);
}

} // namespace rc
