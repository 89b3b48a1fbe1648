// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/desk/desk.h"
#include "backend/desk/desk_view.h"
#include "backend/desk/presence.h"
#include "backend/health/health_monitor.h"
#include "backend/identity/passphrase.h"
#include "backend/recovery/live_lines.h"

#include <QObject>
#include <QScopeGuard>
#include <QTimer>

namespace rc {

class StoreWatcher;

/// What an engine may do.
enum class EngineMode {
    /// A console: people sign in and act.
    Act,
    /// A wall: looks, and can change nothing.
    Follow,
};

/// A desk with a life of its own, for programs with a window: lives on the engine's thread (docs/architecture.md,
/// "Concurrency"), follows the store and looks at the systems, says by signals what a screen shows, and carries out
/// what people ask for. Everything it is asked for answers with a value; nothing blocks.
///
/// One person is signed in at a time. A second person's consent takes their passphrase and leaves the first signed in.
class Engine : public QObject
{
    Q_OBJECT

public:
    Engine(DeskOptions options, EngineMode mode, QObject* parent = nullptr);
    ~Engine() override;

    /// Opens the store if there is one, and begins to look.
    void start();
    /// Cancels what runs; stopped() is emitted when all of it has ended in good order.
    void stop();
    /// Plans that somebody looks at: shown although they are over, with what work at them has said last.
    void watch(const QList<PlanId>& plans);
    /// Cancels what runs for this plan.
    void cancel(const PlanId& plan);

    // --- people

    /// Makes the store, with its first operator, who is an administrator, and signs them in.
    [[nodiscard]] QCoro::Task<Result<Actor>> addFirstOperator(NewOperator who, QString passphrase);
    /// The key is derived on the pool; WrongSecret.
    [[nodiscard]] QCoro::Task<Result<Actor>> signIn(OperatorId id, QString passphrase);
    void signOut();

    // --- acts; NotSignedIn if nobody is

    [[nodiscard]] Result<Incident> openIncident(const Incident& incident);
    [[nodiscard]] Result<Incident> confirmProposal(const QString& fingerprint);
    [[nodiscard]] Status dismissProposal(const QString& fingerprint, const QString& reason);
    [[nodiscard]] Result<Incident> amendIncident(const IncidentId& id, const IncidentAmendment& amendment,
                                                 const QString& reason);
    [[nodiscard]] Result<Incident> closeIncident(const IncidentId& id, const QString& reason);
    [[nodiscard]] Result<QList<Procedure>> proceduresFor(const IncidentId& id);
    /// What a plan would be, resolved and with its hash; writes nothing.
    [[nodiscard]] Result<StartPlan> preparePlan(const StartRequest& request);
    [[nodiscard]] Result<Plan> startPlan(const StartRequest& request);
    /// Any command of plan_decisions.h that needs nothing but the plan.
    template <class Command>
    [[nodiscard]] Result<Plan> act(const PlanId& plan, const Command& command)
    {
        const auto context = this->context();
        return context ? told(m_desk.recovery().act(*context, plan, command)) : std::unexpected(context.error());
    }
    [[nodiscard]] Result<Plan> completeStep(const PlanId& plan, CompleteStep command,
                                            const QList<EvidenceFile>& files = {});
    /// What is found of kept files of evidence; hashed on the pool. Needs no store.
    [[nodiscard]] QCoro::Task<QHash<QString, EvidenceState>> lookAtEvidence(QStringList hashes);
    [[nodiscard]] Result<Plan> retryStep(const PlanId& plan, const RetryStep& command);
    /// Stops first what interrupted steps have left running.
    [[nodiscard]] QCoro::Task<Result<Plan>> abortPlan(PlanId plan, QString reason);
    /// A second person's consent, given at this desk.
    [[nodiscard]] QCoro::Task<Result<Plan>> approve(PlanId plan, StepId step, StepAct act, OperatorId by,
                                                    QString passphrase);
    /// Writes what a person elsewhere has to sign, into HOME/approvals; answers where.
    [[nodiscard]] Result<QString> exportApprovalRequest(const PlanId& plan, const StepId& step, StepAct act);
    /// Takes consent from the file that came back.
    [[nodiscard]] Result<Plan> importApproval(const PlanId& plan, const StepId& step, const QString& file);
    /// The sheet that goes with a hand-over, as people read it.
    [[nodiscard]] Result<QString> handoverSheet(const PlanId& plan);
    [[nodiscard]] Result<Plan> handOver(const PlanId& plan, const OperatorId& to, const QString& note);
    /// What a step would do now (see previewStep), with `dependents[]`: the systems that need those that it touches.
    /// Touches nothing.
    [[nodiscard]] QCoro::Task<Result<QJsonObject>> previewStep(PlanId plan, StepId step);

    // --- work that takes its time; lines of progress by progressed()

    [[nodiscard]] QCoro::Task<Result<Plan>> runPlan(PlanId plan, Arming arming = {});
    [[nodiscard]] QCoro::Task<Result<Plan>> runStep(PlanId plan, StepId step);
    [[nodiscard]] QCoro::Task<Result<Plan>> settleStep(PlanId plan, StepId step);
    [[nodiscard]] QCoro::Task<Result<Plan>> undoStep(PlanId plan, StepId step, QString reason);
    [[nodiscard]] QCoro::Task<Result<Plan>> declarePlan(PlanId plan);
    /// The document that a report is drawn from; the whole journal is verified for it, on the pool.
    [[nodiscard]] QCoro::Task<Result<QJsonObject>> reportOn(PlanId plan);
    /// The same of an incident with all its plans.
    [[nodiscard]] QCoro::Task<Result<QJsonObject>> reportOnIncident(IncidentId id);

Q_SIGNALS:
    void storeChanged(const rc::StoreView& view);
    void systemsChanged(const rc::SystemsView& view);
    /// The session ended: signed out, or the store was replaced; expired or disabled, then with a sentence that says
    /// so.
    void signedOut(const QString& why);
    /// Work at the plan has said something: here, or for a plan that is watched, in another process of this home.
    void progressed(const rc::PlanId& plan, const rc::LiveLine& line);
    void stopped();

private:
    using Work = std::function<QCoro::Task<Result<Plan>>(PlanRunner&, SecurityContext, Operation)>;

    void openStore();
    /// Leaves the store that was open for the one that stands in its place now.
    void openAnew();
    void readNow();
    void cancelAll();
    /// Keeps the store open, although another may stand in its place, for as long as the answer lives: what waits comes
    /// back to it.
    [[nodiscard]] auto keepOpen()
    {
        ++m_atWork;
        return qScopeGuard([this] {
            if (--m_atWork == 0) {
                // Once what waited has returned to whoever asked.
                QMetaObject::invokeMethod(this, &Engine::workEnded, Qt::QueuedConnection);
            }
        });
    }
    void workEnded();
    /// Why nothing can be recorded now, if so.
    [[nodiscard]] Status checkStore() const;
    void tellLost(const QString& trouble);
    void lookAtSession();
    void endSession(const QString& why);
    void lookAtSystems();
    void tellSystems();
    void lookWhoLives();
    void listen();
    void propose();
    [[nodiscard]] Result<SecurityContext> context();
    [[nodiscard]] QCoro::Task<Result<SecurityContext>> unlock(OperatorId id, QString passphrase);
    [[nodiscard]] QCoro::Task<Result<Plan>> run(PlanId plan, Work work);
    /// Reads the store at once after an act, so that its effect is shown without waiting for the watcher.
    template <class Answer>
    [[nodiscard]] Answer told(Answer answer)
    {
        readNow();
        return answer;
    }

    Desk m_desk;
    EngineMode m_mode;
    std::unique_ptr<StoreWatcher> m_watcher;
    std::unique_ptr<NetworkToolbox> m_tools;
    std::unique_ptr<HealthMonitor> m_monitor;
    Inventory m_inventory;
    QString m_inventoryTrouble;
    QDateTime m_inventoryTime;
    std::optional<Presence> m_presence;
    QStringList m_alive;
    /// What was told of the store last, for when it cannot be read any more.
    StoreView m_lastStore;
    /// What was asked last about news among the proposals, and settled; the same again would find nothing.
    QStringList m_asked;
    bool m_lost = false;
    /// Another store stands in the place of the open one, which is left when nothing is at work on it any more.
    bool m_replaced = false;
    /// How many tasks would come back to the open store.
    int m_atWork = 0;
    QTimer m_systemsTimer;
    QTimer m_openTimer;
    std::shared_ptr<Session> m_session;
    QList<PlanId> m_watched;
    LiveLines m_lines;
    /// What runs, by plan.
    QHash<PlanId, CancelToken> m_running;
    bool m_stopping = false;
};

} // namespace rc
