// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/bare_action.h"
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"
#include "backend/platform/terminal.h"

namespace rc::ctl {
namespace {

QCoro::Task<Reply> heads(Invocation call)
{
    const auto inventory = call.desk.inventory();
    if (!inventory) {
        co_return std::unexpected(inventory.error());
    }
    const NetworkView view(inventory->inventory);
    const NetworkHeads found = co_await view.heads();
    const auto json = found.toJson();
    QList<QStringList> rows;
    for (const QJsonValue node : json["nodes"].toArray()) {
        rows.append({node["system"].toString(), plain(node["height"]), shortHash(node["hash"].toString()),
                     shortHash(node["state_hash"].toString()), plain(node["peers"]), plain(node["group"])});
    }
    co_return Answer{json, table({"SYSTEM", "HEIGHT", "HASH", "STATE", "PEERS", "GROUP"}, rows)};
}

struct Target
{
    qint64 height = 0;
    QString hash;
};

Result<Target> targetOption(const Invocation& call)
{
    const auto parts = call.value("to").split(':');
    bool ok = false;
    const qint64 height = parts.first().toLongLong(&ok);
    if (!ok || parts.size() > 2) {
        return fail(ErrorCode::InvalidInput,
                    QString("--to is '%1', expected HEIGHT or HEIGHT:HASH.").arg(call.value("to")));
    }
    if (height < 0) {
        return fail(ErrorCode::TargetInvalid, "A height below genesis cannot be recovered to.");
    }
    return Target{height, parts.value(1).toLower()};
}

/// The named nodes, or all of the inventory.
QList<SystemId> nodesOf(const Invocation& call, const Inventory& inventory)
{
    auto systems = systemOptions(call, "node");
    if (systems.isEmpty()) {
        for (const auto& system : inventory.systems) {
            if (system.chain) {
                systems.append(system.id);
            }
        }
    }
    return systems;
}

Result<BlockId> confirmed(BlockId block, const QList<SystemId>& systems)
{
    const auto answer = askOnTerminal(QString("The quorum's block %1 is %2.\nRecover %3 to it? Type yes: ")
                                          .arg(QString::number(block.height), block.hash, plain(toJson(systems))));
    if (!answer) {
        return std::unexpected(answer.error());
    }
    return *answer == "yes" ? Result<BlockId>(block)
                            : fail(ErrorCode::Cancelled, "It was not confirmed; nothing was touched.");
}

/// Height and hash; without a hash the quorum's is shown, and taken only by saying it, or by a yes on a terminal.
QCoro::Task<Result<BlockId>> resolvedTarget(Target target, NetworkView view, QList<SystemId> systems, bool mayAsk)
{
    if (!target.hash.isEmpty()) {
        co_return BlockId{target.height, target.hash};
    }
    const bool all = systems.size() == view.nodes().size();
    const Result<AgreementGroup> quorum = co_await view.quorumAt(target.height, all ? QList<SystemId>() : systems);
    if (!quorum) {
        co_return std::unexpected(quorum.error());
    }
    if (mayAsk) {
        co_return confirmed({target.height, quorum->hash}, systems);
    }
    co_return fail(ErrorCode::InvalidInput,
                   QString("A height alone is not a target. The quorum's block %1 is %2; say it: --to %1:%2")
                       .arg(target.height)
                       .arg(quorum->hash),
                   {{"height", target.height}, {"hash", quorum->hash}});
}

QCoro::Task<Reply> recover(Invocation call)
{
    const auto inventory = call.desk.inventory();
    const auto target = targetOption(call);
    if (!inventory || !target) {
        co_return std::unexpected(!inventory ? inventory.error() : target.error());
    }
    const auto systems = nodesOf(call, inventory->inventory);
    const bool dryRun = call.has("dry-run");
    std::optional<SecurityContext> context;
    if (dryRun) {
        if (const auto opened = call.desk.openForReading(); !opened) {
            co_return std::unexpected(opened.error());
        }
    } else {
        const auto signedIn = mayAct(call.desk, {Role::ProtocolLead, Role::IncidentCommander}, "Recovering chain data");
        if (!signedIn) {
            co_return std::unexpected(signedIn.error());
        }
        context = *signedIn;
    }
    const bool mayAsk = !call.desk.options().json && isTerminal(0);
    const Result<BlockId> block = co_await resolvedTarget(*target, NetworkView(inventory->inventory), systems, mayAsk);
    if (!block) {
        co_return std::unexpected(block.error());
    }
    const QJsonObject parameters{{"systems", toJson(systems)}, {"height", block->height}, {"hash", block->hash}};
    if (dryRun) {
        co_return co_await previewBareAction(call, ActionType::RecoverChainData, parameters);
    }
    co_return co_await runBareAction(
        call, *context, ActionType::RecoverChainData, parameters, [](const StepResult& result) {
            const auto recovery = result.fields["recovery"].toObject();
            return recovery.isEmpty()
                       ? QJsonObject{{"success", false}, {"message", result.message}, {"operations", result.artifacts}}
                       : recovery;
        });
}

QCoro::Task<Reply> verify(Invocation call)
{
    const auto inventory = call.desk.inventory();
    const auto target = targetOption(call);
    if (!inventory || !target) {
        co_return std::unexpected(!inventory ? inventory.error() : target.error());
    }
    const DataRecoveryService recovery{NetworkView(inventory->inventory)};
    const Result<RecoveryResult> result = co_await recovery.verify(target->height, nodesOf(call, inventory->inventory));
    if (!result) {
        co_return std::unexpected(result.error());
    }
    co_return Answer{result->toJson(), result->message, result->success ? 0 : 1};
}

} // namespace

QList<Command> chainCommands()
{
    const QCommandLineOption to("to", "Height and hash.", "H[:HASH]");
    const QCommandLineOption node("node", "A node; may be given several times (all, if not said).", "ID");
    return {
        {"chain heads", "", "Every node's height and hash, and who agrees with whom.", {}, heads},
        {"chain recover",
         "",
         "Brings nodes to a height and hash: rolls back or syncs forward, and verifies the state.",
         {to, node, {"dry-run", "Show what would be done; touch nothing."}},
         recover},
        {"chain verify", "", "Hashes the nodes' state at a height anew and compares it.", {to, node}, verify},
    };
}

} // namespace rc::ctl
