// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/actions/command_run.h"
#include "backend/recovery/actions/http_call.h"

namespace rc {

/// `notify {message, roles, webhook, program}`: journals the notice, and hands it to the webhook and to the program, at
/// least once: what has taken it is journaled after it did. Nothing has to be taken back.
class NotifyAction final : public Action
{
public:
    /// The journal must outlive it.
    NotifyAction(Journal& journal, CommandRuns runs, NetworkKind networkKind)
        : Action(runs.clock())
        , m_journal(journal)
        , m_runs(std::move(runs))
        , m_networkKind(networkKind)
        , m_network(std::make_shared<QNetworkAccessManager>())
    {
    }

    [[nodiscard]] ActionType type() const override { return ActionType::Notify; }
    [[nodiscard]] QList<SystemId> systems(const QJsonObject&) const override { return {}; }
    [[nodiscard]] QString describe(const QJsonObject& parameters) const override;
    [[nodiscard]] QCoro::Task<Status> canRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<Capture>> capture(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> execute(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Probe> probe(ActionContext context) override;

private:
    /// What the channels are given: `{plan, step, incident, severity, network_kind, message, roles, at}`.
    [[nodiscard]] QJsonObject noticeOf(const ActionContext& context) const;
    [[nodiscard]] Result<HttpCall> webhookOf(const ActionContext& context) const;
    /// The notice is in the variable RC_NOTICE.
    [[nodiscard]] Result<Command> programOf(const ActionContext& context) const;
    [[nodiscard]] QCoro::Task<StepResult> deliver(ActionContext context, QString channel);
    /// What the journal has of this attempt: kinds of facts, those of a channel with `/CHANNEL` behind.
    [[nodiscard]] Result<QStringList> factsOf(const ActionContext& context) const;

    Journal& m_journal;
    CommandRuns m_runs;
    NetworkKind m_networkKind;
    std::shared_ptr<QNetworkAccessManager> m_network;
};

} // namespace rc
