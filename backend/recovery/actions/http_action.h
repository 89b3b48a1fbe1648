// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/action.h"
#include "backend/recovery/actions/http_call.h"
#include "model/system/inventory.h"

namespace rc {

/// `http_request {method, url, headers, body, expect_status, expect_body, outputs_from, probe, undo, systems}`: one
/// request, made once. GET and HEAD only look. What became of another that was interrupted is told by `probe`, a
/// request that is answered as expected when the effect is there; `undo` takes it back.
class HttpAction final : public Action
{
public:
    /// The inventory must outlive it.
    HttpAction(const Inventory& inventory, Clock clock)
        : Action(std::move(clock))
        , m_inventory(inventory)
        , m_network(std::make_shared<QNetworkAccessManager>())
    {
    }

    [[nodiscard]] ActionType type() const override { return ActionType::HttpRequest; }
    [[nodiscard]] QString describe(const QJsonObject& parameters) const override;
    [[nodiscard]] QCoro::Task<Status> canRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<Capture>> capture(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> execute(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Probe> probe(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> undo(ActionContext context) override;

private:
    /// Makes the request of the run or of its undo; where no answer comes, or one that leaves it open, its probe says
    /// what became of it.
    [[nodiscard]] QCoro::Task<StepResult> make(ActionContext context, HttpCall call, StepAct act);
    /// Whether the effect is there, in the words of the declared probe; `why` is said before.
    [[nodiscard]] QCoro::Task<Probe> ask(ActionContext context, StepAct act, QString why);

    const Inventory& m_inventory;
    std::shared_ptr<QNetworkAccessManager> m_network;
};

} // namespace rc
