// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/health/check_functions.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace rc {
namespace {

constexpr Milliseconds interval{500};

/// A whole number from 0 to a day's seconds, or the fallback where it is not given.
Result<qint64> numberOf(const QJsonObject& parameters, const QString& name, qint64 fallback)
{
    const auto value = parameters[name];
    if (value.isUndefined() || value.isNull()) {
        return fallback;
    }
    const auto number = value.toInteger(-1);
    if (number < 0 || number > 86'400) {
        return fail(ErrorCode::InvalidInput, QString("'%1' has to be a whole number from 0 to 86400.").arg(name));
    }
    return number;
}

struct Wish
{
    QList<SystemId> systems = {};
    QDeadlineTimer deadline = {};
    qint64 seconds = 0;
};

Result<Wish> wishOf(const QJsonObject& parameters, qint64 seconds)
{
    const auto systems = systemsOf(parameters);
    if (!systems) {
        return std::unexpected(systems.error());
    }
    const auto within = numberOf(parameters, "within_seconds", seconds);
    if (!within) {
        return std::unexpected(within.error());
    }
    return Wish{*systems, QDeadlineTimer(*within * 1000), *within};
}

/// Waits for the next look; false if there is none.
QCoro::Task<Result<bool>> lookAgain(Wish wish, Operation operation)
{
    if (wish.deadline.hasExpired()) {
        co_return false;
    }
    auto waiting = pause(interval, operation.cancel);
    const bool goOn = co_await waiting;
    if (!goOn) {
        co_return fail(ErrorCode::Cancelled, "The check was cancelled.");
    }
    co_return true;
}

CheckResult healthResult(const QList<SystemHealth>& healths)
{
    QStringList sick;
    QJsonArray systems;
    for (const auto& health : healths) {
        systems.append(health.toJson());
        if (health.state != HealthState::Healthy) {
            const auto reason = health.checks.isEmpty() ? QString("it has no checks") : health.reason();
            sick.append(QString("%1 is %2 (%3)").arg(health.id.text(), QString(idOf(health.state)), reason));
        }
    }
    const auto detail =
        sick.isEmpty() ? QString("All systems are healthy (%1).").arg(healths.size()) : sick.join("; ") + ".";
    return {.passed = sick.isEmpty(), .detail = detail, .fields = {{"systems", systems}}};
}

Result<CheckResult> agreementResult(const QList<ChainReport>& reports, const QList<SystemId>& systems)
{
    QStringList sentences;
    bool passed = true;
    for (const auto& system : systems) {
        const auto report = std::ranges::find(reports, system, &ChainReport::system);
        if (report == reports.end()) {
            return fail(ErrorCode::InvalidInput, QString("%1 is not a node of the chain.").arg(system.text()));
        }
        const auto& agreement = report->checks.first();
        passed = passed && agreement.state == HealthState::Healthy;
        sentences.append(QString("%1: %2").arg(system.text(), agreement.message));
    }
    return CheckResult{.passed = passed, .detail = sentences.join("; ") + ".", .fields = {}};
}

struct Height
{
    SystemId system = {};
    std::shared_ptr<ChainClient> client = {};
    /// Not known until the node has answered once.
    std::optional<qint64> first = {};
    qint64 last = -1;
    QString error = {};
};

Result<QList<Height>> heightsFor(const NetworkView& view, const QList<SystemId>& systems)
{
    QList<Height> heights;
    for (const auto& system : systems) {
        const auto client = view.client(system);
        if (!client) {
            return std::unexpected(client.error());
        }
        heights.append({.system = system, .client = *client});
    }
    return heights;
}

QCoro::Task<QList<Height>> askHeights(QList<Height> heights)
{
    std::vector<QCoro::Task<Result<ChainHead>>> asking;
    for (const auto& height : heights) {
        asking.push_back(height.client->head());
    }
    for (std::size_t i = 0; i < asking.size(); ++i) {
        auto& height = heights[qsizetype(i)];
        const auto head = co_await asking[i];
        if (head) {
            height.first = height.first.value_or(head->block.height);
            height.last = head->block.height;
        }
        height.error = head ? QString() : head.error().message;
    }
    co_return heights;
}

CheckResult advanceResult(const QList<Height>& heights, qint64 blocks)
{
    QStringList sentences;
    QJsonObject fields;
    bool passed = true;
    for (const auto& height : heights) {
        const qint64 got = height.first ? height.last - *height.first : 0;
        passed = passed && height.first && got >= blocks;
        fields[height.system.text()] = QJsonObject{{"from", height.first.value_or(-1)}, {"to", height.last}};
        sentences.append(height.first ? QString("%1 is at %2, %3 of %4 new blocks")
                                            .arg(height.system.text())
                                            .arg(height.last)
                                            .arg(got)
                                            .arg(blocks)
                                      : height.error);
    }
    return {.passed = passed, .detail = sentences.join("; ") + ".", .fields = {{"heights", fields}}};
}

} // namespace

Result<QList<SystemId>> systemsOf(const QJsonObject& parameters)
{
    auto systems = idsFromJson<SystemId>(parameters["systems"]);
    if (systems.isEmpty() || systems.contains(SystemId())) {
        return fail(ErrorCode::InvalidInput, "The check needs 'systems', a list of ids.");
    }
    return systems;
}

CheckTask systemsHealthy(HealthCheckService health, QJsonObject parameters, Operation operation)
{
    const auto wish = wishOf(parameters, 20);
    if (!wish) {
        co_return std::unexpected(wish.error());
    }
    while (true) {
        auto checking = health.checkSystems(wish->systems);
        const auto healths = co_await checking;
        if (!healths) {
            co_return std::unexpected(healths.error());
        }
        const auto result = healthResult(*healths);
        if (result.passed) {
            co_return result;
        }
        operation.progress(result.detail);
        auto waiting = lookAgain(*wish, operation);
        const auto again = co_await waiting;
        if (!again) {
            co_return std::unexpected(again.error());
        }
        if (!*again) {
            co_return result;
        }
    }
}

CheckTask stateAgreement(HealthCheckService health, QJsonObject parameters, Operation operation)
{
    const auto wish = wishOf(parameters, 20);
    if (!wish) {
        co_return std::unexpected(wish.error());
    }
    while (true) {
        auto checking = health.checkChain();
        const auto reports = co_await checking;
        const auto result = agreementResult(reports, wish->systems);
        if (!result || result->passed) {
            co_return result;
        }
        operation.progress(result->detail);
        auto waiting = lookAgain(*wish, operation);
        const auto again = co_await waiting;
        if (!again) {
            co_return std::unexpected(again.error());
        }
        if (!*again) {
            co_return result;
        }
    }
}

CheckTask heightAdvancing(NetworkView view, QJsonObject parameters, Operation operation)
{
    const auto wish = wishOf(parameters, 30);
    const auto blocks = numberOf(parameters, "blocks", 2);
    if (!wish || !blocks) {
        co_return std::unexpected(wish ? blocks.error() : wish.error());
    }
    auto heights = heightsFor(view, wish->systems);
    if (!heights) {
        co_return std::unexpected(heights.error());
    }
    while (true) {
        auto asking = askHeights(*heights);
        *heights = co_await asking;
        auto result = advanceResult(*heights, *blocks);
        if (result.passed) {
            co_return result;
        }
        operation.progress(result.detail);
        auto waiting = lookAgain(*wish, operation);
        const auto again = co_await waiting;
        if (!again) {
            co_return std::unexpected(again.error());
        }
        if (!*again) {
            result.detail += QString(" The %1 s are over.").arg(wish->seconds);
            co_return result;
        }
    }
}

CheckTask findTrustedHeight(NetworkView view, QJsonObject parameters, Operation operation)
{
    const auto systems = systemsOf(parameters);
    if (!systems) {
        co_return std::unexpected(systems.error());
    }
    const auto given = parameters["height"];
    const bool isGiven = !given.isUndefined() && !given.isNull();
    if (isGiven && given.toInteger(-1) < 0) {
        co_return fail(ErrorCode::InvalidInput, "'height' has to be a whole number from 0.");
    }
    const auto wanted = isGiven ? std::optional(given.toInteger()) : std::nullopt;
    auto finding = view.findTrustedHeight(*systems, wanted, {}, operation.cancel);
    const auto found = co_await finding;
    if (!found) {
        co_return std::unexpected(found.error());
    }
    const auto bad =
        found->firstBadHeight ? QString("; the first bad one is %1").arg(*found->firstBadHeight) : QString();
    co_return CheckResult{.passed = true,
                          .detail = QString("The newest trusted height is %1 (%2)%3.")
                                        .arg(found->block.height)
                                        .arg(shortHash(found->block.hash), bad),
                          .fields = found->toJson()};
}

} // namespace rc
