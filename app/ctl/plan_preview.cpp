// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_preview.h"
#include "app/ctl/options.h"
#include "app/ctl/plan_answer.h"
#include "app/ctl/text.h"
#include "backend/documents/json_file.h"

namespace rc::ctl {
namespace {

QString dryRunText(const QJsonObject& json)
{
    QString text = QString("Dry run of %1. Nothing was touched. Plan hash %2\nIn this order; about %3 in all.\n")
                       .arg(json["procedure_id"].toString(), json["plan_hash"].toString(),
                            duration(json["duration_ms"].toInteger()));
    for (const QJsonValue step : json["steps"].toArray()) {
        const qint64 after = step["begins_after_ms"].toInteger();
        text += QString("  %1: %2 (%3, takes %4)%5\n")
                    .arg(step["id"].toString(), step["name"].toString(),
                         after > 0 ? "after " + duration(after) : QString("at once"),
                         duration(step["duration_ms"].toInteger()),
                         step["point_of_no_return"].toBool() ? QString("  POINT OF NO RETURN") : QString());
        for (const QJsonValue effect : step["effects"].toArray()) {
            const QString system = effect["system"].toString();
            text += "      " + (system.isEmpty() ? system : system + " ") + effect["what"].toString() + "\n";
            for (const auto& line : effect["diff"].toString().split('\n', Qt::SkipEmptyParts)) {
                text += "        " + line + "\n";
            }
        }
        if (step["undetermined"].isString()) {
            text += "      not settled yet: " + step["undetermined"].toString() + "\n";
        }
        if (step["would_fail"].isString()) {
            text += "      would fail as things are now: " + step["would_fail"].toString() + "\n";
        }
    }
    return text;
}

} // namespace

QCoro::Task<Reply> dryRunPlan(Invocation call)
{
    const auto request = requestFrom(call);
    const auto inventory = call.desk.inventory();
    if (!request || !inventory) {
        co_return std::unexpected(!request ? request.error() : inventory.error());
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        co_return std::unexpected(opened.error());
    }
    const auto prepared = call.desk.recovery().prepare(*request, *inventory);
    if (!prepared) {
        co_return std::unexpected(withOption(call.desk, *request, prepared.error()));
    }
    const auto tools = std::make_shared<NetworkToolbox>(call.desk.journal(), inventory->inventory);
    const Timestamp now = call.desk.journal().now();
    const auto earlier = call.desk.recovery().store().timesBefore(planFrom(*prepared, now));
    if (!earlier) {
        co_return std::unexpected(earlier.error());
    }
    const QJsonObject json = co_await previewPlan(*prepared, tools, *earlier, now);
    if (const QString file = call.value("output"); !file.isEmpty()) {
        if (const auto written = writeNewFile(file, canonicalJson(json)); !written) {
            co_return std::unexpected(written.error());
        }
    }
    co_return Answer{json, dryRunText(json)};
}

} // namespace rc::ctl
