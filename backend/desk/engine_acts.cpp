// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/desk/engine.h"

#include "backend/documents/json_file.h"
#include "backend/journal/store_watcher.h"
#include "backend/platform/files.h"
#include "backend/recovery/offline_approval.h"
#include "backend/recovery/plan_preview.h"
#include "backend/recovery/projections.h"
#include "backend/recovery/report_document.h"
#include "model/plan/handover_sheet.h"

#include <QCoroFuture>
#include <QtConcurrentRun>

namespace rc {
namespace {

std::unexpected<Error> nobody()
{
    return fail(ErrorCode::NotSignedIn, "Nobody is signed in.");
}

/// The systems that need these, directly or by way of others.
QList<SystemId> needing(const Inventory& inventory, const QList<SystemId>& systems)
{
    std::vector<int> touched;
    for (const auto& system : systems) {
        if (const auto index = inventory.indexOf(system); index >= 0) {
            touched.push_back(int(index));
        }
    }
    QList<SystemId> found;
    for (const int node : inventory.dependencies().transitiveDependents(touched)) {
        if (const auto& id = inventory.systems[node].id; !systems.contains(id)) {
            found.append(id);
        }
    }
    return found;
}

/// What a report says, from the journal of a home; on the pool.
std::shared_ptr<Result<QJsonObject>> gathered(const QString& home,
                                              const std::function<Result<QJsonObject>(Journal&)>& document)
{
    const auto journal = Journal::open(home, {.mode = OpenMode::ReadOnly, .projections = recoveryProjections()});
    return std::make_shared<Result<QJsonObject>>(journal ? document(**journal) : std::unexpected(journal.error()));
}

} // namespace

// --- people

QCoro::Task<Result<SecurityContext>> Engine::unlock(OperatorId id, QString passphrase)
{
    if (const auto can = checkStore(); !can) {
        co_return std::unexpected(can.error());
    }
    const auto open = keepOpen();
    const auto sealed = m_desk.identity().sealedKey(id);
    if (!sealed) {
        co_return std::unexpected(sealed.error());
    }
    const auto secret = std::make_shared<Passphrase>(passphrase);
    auto future =
        QtConcurrent::run([key = *sealed, secret] { return std::make_shared<Result<KeyPair>>(key.unseal(*secret)); });
    const auto key = co_await future;
    if (!*key) {
        co_return std::unexpected(key->error());
    }
    if (const auto can = checkStore(); !can) {
        co_return std::unexpected(can.error());
    }
    const auto session = m_desk.identity().openSession(id, std::move(**key));
    if (!session) {
        co_return std::unexpected(session.error());
    }
    co_return m_desk.identity().context(*session);
}

QCoro::Task<Result<Actor>> Engine::addFirstOperator(NewOperator who, QString passphrase)
{
    if (const auto made = m_desk.open(OpenMode::Create); !made) {
        co_return std::unexpected(made.error());
    }
    // From now on another file in its place is another store.
    m_watcher->look();
    const auto added = m_desk.identity().addOperator({}, who, Passphrase(passphrase));
    if (!added) {
        co_return std::unexpected(added.error());
    }
    const Result<Actor> signedIn = co_await signIn(who.id, passphrase);
    co_return signedIn;
}

QCoro::Task<Result<Actor>> Engine::signIn(OperatorId id, QString passphrase)
{
    const Result<SecurityContext> unlocked = co_await unlock(id, passphrase);
    if (!unlocked) {
        co_return std::unexpected(unlocked.error());
    }
    m_session = unlocked->session;
    readNow();
    co_return unlocked->actor();
}

void Engine::signOut()
{
    endSession({});
}

void Engine::endSession(const QString& why)
{
    if (!m_session) {
        return;
    }
    m_session->lock();
    m_session.reset();
    Q_EMIT signedOut(why);
}

/// Whoever is signed in stays so until they sign out, their session expires or they are disabled.
void Engine::lookAtSession()
{
    const auto context = this->context();
    if (m_session && !context &&
        (context.error().code == ErrorCode::NotSignedIn || context.error().code == ErrorCode::PermissionDenied)) {
        endSession(context.error().message);
    }
}

Result<SecurityContext> Engine::context()
{
    if (!m_session) {
        return nobody();
    }
    if (const auto can = checkStore(); !can) {
        return std::unexpected(can.error());
    }
    return m_desk.identity().context(m_session);
}

Status Engine::checkStore() const
{
    if (!m_desk.isOpen()) {
        return fail(ErrorCode::StoreError, "No store is open here.");
    }
    if (m_lost || m_replaced) {
        return fail(ErrorCode::StoreError, "The store's file is gone, replaced or cannot be read; nothing can be "
                                           "recorded.");
    }
    return {};
}

// --- acts

Result<Incident> Engine::openIncident(const Incident& incident)
{
    const auto context = this->context();
    return context ? told(m_desk.incidents().open(*context, incident)) : std::unexpected(context.error());
}

Result<Incident> Engine::confirmProposal(const QString& fingerprint)
{
    const auto context = this->context();
    return context ? told(m_desk.incidents().confirm(*context, fingerprint, {})) : std::unexpected(context.error());
}

Status Engine::dismissProposal(const QString& fingerprint, const QString& reason)
{
    const auto context = this->context();
    return context ? told(m_desk.incidents().dismiss(*context, fingerprint, reason)) : std::unexpected(context.error());
}

Result<Incident> Engine::amendIncident(const IncidentId& id, const IncidentAmendment& amendment, const QString& reason)
{
    const auto context = this->context();
    const auto inventory = m_desk.inventory();
    const auto known = inventory ? inventory->inventory.knows(amendment.systems.value_or(QList<SystemId>())) : Status();
    if (!context || !known) {
        return std::unexpected(!context ? context.error() : known.error());
    }
    return told(m_desk.incidents().amend(*context, id, amendment, reason));
}

Result<Incident> Engine::closeIncident(const IncidentId& id, const QString& reason)
{
    const auto context = this->context();
    return context ? told(m_desk.incidents().close(*context, id, reason)) : std::unexpected(context.error());
}

Result<QList<Procedure>> Engine::proceduresFor(const IncidentId& id)
{
    return m_desk.isOpen() ? m_desk.recovery().recoveryProcedures(id) : nobody();
}

Result<StartPlan> Engine::preparePlan(const StartRequest& request)
{
    const auto can = checkStore();
    const auto inventory = can ? m_desk.inventory() : std::unexpected(can.error());
    return inventory ? m_desk.recovery().prepare(request, *inventory) : std::unexpected(inventory.error());
}

Result<Plan> Engine::startPlan(const StartRequest& request)
{
    const auto context = this->context();
    const auto inventory = m_desk.inventory();
    if (!context || !inventory) {
        return std::unexpected(!context ? context.error() : inventory.error());
    }
    return told(m_desk.recovery().startRecovery(*context, request, *inventory));
}

Result<Plan> Engine::completeStep(const PlanId& plan, CompleteStep command, const QList<EvidenceFile>& files)
{
    const auto context = this->context();
    if (!context) {
        return std::unexpected(context.error());
    }
    command.result.timestamp = m_desk.journal().now();
    return told(m_desk.recovery().completeRecoveryStep(*context, plan, command, files));
}

QCoro::Task<QHash<QString, EvidenceState>> Engine::lookAtEvidence(QStringList hashes)
{
    const auto open = keepOpen();
    auto future = QtConcurrent::run([home = m_desk.home(), hashes] {
        QHash<QString, EvidenceState> found;
        for (const auto& sha256 : hashes) {
            found.insert(sha256, EvidenceStore(home).look(sha256));
        }
        return found;
    });
    const auto found = co_await future;
    co_return found;
}

Result<Plan> Engine::retryStep(const PlanId& plan, const RetryStep& command)
{
    const auto context = this->context();
    return context ? told(m_desk.recovery().retryStep(*context, plan, command)) : std::unexpected(context.error());
}

QCoro::Task<Result<Plan>> Engine::abortPlan(PlanId plan, QString reason)
{
    const auto context = this->context();
    const auto runner = context ? m_desk.runner() : std::unexpected(context.error());
    if (!runner) {
        co_return std::unexpected(runner.error());
    }
    const auto open = keepOpen();
    const Result<AbortedPlan> aborted = co_await (*runner)->abort(*context, plan, reason);
    co_return told(aborted ? Result<Plan>(aborted->plan) : std::unexpected(aborted.error()));
}

Result<QString> Engine::exportApprovalRequest(const PlanId& plan, const StepId& step, StepAct act)
{
    const auto can = checkStore();
    const auto shown = can ? m_desk.recovery().plan(plan) : std::unexpected(can.error());
    const Timestamp now = can ? m_desk.journal().now() : Timestamp();
    const auto request = shown ? approvalRequest(*shown, step, act, now) : std::unexpected(shown.error());
    if (!request) {
        return std::unexpected(request.error());
    }
    const QString folder = m_desk.home() + "/approvals";
    const auto time = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count(), Qt::UTC);
    const QString path = QString("%1/%2 %3 %4.request.json")
                             .arg(folder, plan.text(), step.text(), time.toString("yyyy-MM-dd HHmmss.zzz'Z'"));
    auto written = ensurePrivateDirectory(folder);
    if (written) {
        written = writeNewFile(path, QJsonDocument(*request).toJson());
    }
    return written ? Result<QString>(path) : std::unexpected(written.error());
}

Result<Plan> Engine::importApproval(const PlanId& plan, const StepId& step, const QString& file)
{
    const auto context = this->context();
    const auto read = context ? readJsonFile(file) : std::unexpected(context.error());
    const auto consent = read ? approvalFromFile(*read) : std::unexpected(read.error());
    return consent ? told(m_desk.recovery().importApproval(*context, plan, step, *consent))
                   : std::unexpected(consent.error());
}

Result<QString> Engine::handoverSheet(const PlanId& plan)
{
    const auto can = checkStore();
    const auto sheet = can ? m_desk.recovery().handoverSheet(plan) : std::unexpected(can.error());
    return sheet ? Result<QString>(handoverText(*sheet)) : std::unexpected(sheet.error());
}

Result<Plan> Engine::handOver(const PlanId& plan, const OperatorId& to, const QString& note)
{
    const auto context = this->context();
    return context ? told(m_desk.recovery().handOver(*context, plan, to, note)) : std::unexpected(context.error());
}

QCoro::Task<Result<QJsonObject>> Engine::previewStep(PlanId plan, StepId step)
{
    const auto can = checkStore();
    const auto shown = can ? m_desk.recovery().plan(plan) : std::unexpected(can.error());
    const auto inventory = shown ? m_desk.recovery().pinnedInventory(*shown) : std::unexpected(shown.error());
    if (!inventory) {
        co_return std::unexpected(inventory.error());
    }
    const auto index = shown->indexOf(step);
    if (index < 0) {
        co_return fail(ErrorCode::NotFound, QString("Plan %1 has no step '%2'.").arg(plan.text(), step.text()));
    }
    const auto open = keepOpen();
    const auto tools = std::make_shared<NetworkToolbox>(m_desk.journal(), *inventory);
    QJsonObject found = co_await rc::previewStep(*shown, index, tools);
    found["dependents"] = toJson(needing(*inventory, idsFromJson<SystemId>(found["systems"])));
    co_return found;
}

QCoro::Task<Result<Plan>> Engine::approve(PlanId plan, StepId step, StepAct act, OperatorId by, QString passphrase)
{
    const auto open = keepOpen();
    const Result<SecurityContext> second = co_await unlock(by, passphrase);
    if (!second) {
        co_return std::unexpected(second.error());
    }
    const auto approved = m_desk.recovery().approveStep(*second, plan, step, act);
    second->session->lock();
    co_return told(approved);
}

// --- work that takes its time

QCoro::Task<Result<Plan>> Engine::run(PlanId plan, Work work)
{
    const auto context = this->context();
    if (!context) {
        co_return std::unexpected(context.error());
    }
    if (m_stopping || m_running.contains(plan)) {
        co_return fail(ErrorCode::Busy, QString("Plan %1 is at work here already.").arg(plan.text()));
    }
    auto runner = m_desk.runner();
    if (!runner) {
        co_return std::unexpected(runner.error());
    }
    const auto open = keepOpen();
    Operation operation;
    operation.progress = [this, plan](const QString& line) {
        const LiveLine said{systemTime(), line};
        m_lines.say(plan, said);
        Q_EMIT progressed(plan, said);
        readNow();
    };
    const auto stored = m_desk.recovery().load(plan);
    const auto inventory = stored ? m_desk.recovery().pinnedInventory(stored->plan) : std::unexpected(stored.error());
    if (!inventory) {
        co_return std::unexpected(inventory.error());
    }
    m_running.insert(plan, operation.cancel);
    const Status supervisor = co_await m_desk.ensureSupervisor(*inventory);
    Result<Plan> done = supervisor ? Result<Plan>() : std::unexpected(supervisor.error());
    if (supervisor) {
        done = co_await work(**runner, *context, operation);
    }
    if (m_lost || m_replaced) {
        done =
            fail(ErrorCode::StoreError, "The store's file is gone or was replaced. The work was stopped; what came of "
                                        "it since is not recorded.");
    }
    m_running.remove(plan);
    // From now on a step whose outcome could not be written is unknown to everybody, and can be settled.
    runner->reset();
    readNow();
    co_return done;
}

QCoro::Task<Result<Plan>> Engine::runPlan(PlanId plan, Arming arming)
{
    return run(plan, [plan, arming](PlanRunner& runner, SecurityContext context, Operation operation) {
        return runner.runPlan(context, plan, operation, arming);
    });
}

QCoro::Task<Result<Plan>> Engine::runStep(PlanId plan, StepId step)
{
    return run(plan, [plan, step](PlanRunner& runner, SecurityContext context, Operation operation) {
        return runner.runStep(context, plan, step, operation);
    });
}

QCoro::Task<Result<Plan>> Engine::settleStep(PlanId plan, StepId step)
{
    return run(plan, [plan, step](PlanRunner& runner, SecurityContext context, Operation operation) {
        return runner.settleStep(context, plan, step, operation);
    });
}

QCoro::Task<Result<Plan>> Engine::undoStep(PlanId plan, StepId step, QString reason)
{
    return run(plan, [=](PlanRunner& runner, SecurityContext context, Operation operation) {
        return runner.undoStep(context, plan, step, reason, operation);
    });
}

QCoro::Task<Result<Plan>> Engine::declarePlan(PlanId plan)
{
    return run(plan, [plan](PlanRunner& runner, SecurityContext context, Operation operation) {
        return runner.declare(context, plan, operation, Milliseconds::max());
    });
}

QCoro::Task<Result<QJsonObject>> Engine::reportOn(PlanId plan)
{
    const auto can = checkStore();
    const auto shown = can ? m_desk.recovery().plan(plan) : std::unexpected(can.error());
    if (!shown) {
        co_return std::unexpected(shown.error());
    }
    const auto incident = m_desk.incidents().find(shown->pins.incident.id);
    if (!incident) {
        co_return std::unexpected(incident.error());
    }
    const auto open = keepOpen();
    auto future = QtConcurrent::run(gathered, m_desk.home(), [incident = *incident, shown = *shown](Journal& journal) {
        return planReportDocument(journal, incident, shown);
    });
    const auto document = co_await future;
    co_return *document;
}

QCoro::Task<Result<QJsonObject>> Engine::reportOnIncident(IncidentId id)
{
    const auto can = checkStore();
    const auto incident = can ? m_desk.incidents().find(id) : std::unexpected(can.error());
    const auto plans = incident ? plansOf(m_desk.recovery(), id) : std::unexpected(incident.error());
    if (!plans) {
        co_return std::unexpected(plans.error());
    }
    const auto open = keepOpen();
    auto future = QtConcurrent::run(gathered, m_desk.home(), [incident = *incident, plans = *plans](Journal& journal) {
        return incidentReportDocument(journal, incident, plans);
    });
    const auto document = co_await future;
    co_return *document;
}

} // namespace rc
