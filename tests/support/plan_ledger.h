// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/people/actor.h"
#include "model/procedure/procedure.h"

#include <QHash>
#include <QSet>

namespace rc::test {

/// A second opinion on a plan: reads the rows that the plan's rules let through, and says which rule they break. It
/// shares nothing with model/plan but the closed lists and the form of the rows.
class PlanLedger
{
public:
    enum class Progress {
        Open,
        Running,
        Succeeded,
        Skipped,
        Failed,
        Unknown,
        Undone,
    };
    enum class Source {
        Person,
        Probe,
        Executor,
        Arming,
    };
    /// What an attempt has done to the systems.
    struct Effect
    {
        int attempt = 1;
        QString kind; // of a capture; empty: nothing was kept
        QByteArray parameters;
        bool whole = false;
    };
    struct StepLine
    {
        Progress progress = Progress::Open;
        int attempt = 1;
        QSet<int> ended;
        bool undoing = false;
        Progress beforeUndo = Progress::Open;
        QList<Effect> effects; // that nobody has taken back
        QByteArray parameters;
        QJsonObject fields; // of its last success
        QString skippedWith;
        bool unneeded = false;
        bool wanted = false; // whatever its conditions say
        int tries = 1;
        std::optional<Timestamp> notBefore;
        bool leftInHand = false; // a person was at it when the plan ended
        QSet<QString> hands;
    };

    /// `known`: what references stand for that no step leaves, such as "plan.params.limit".
    PlanLedger(const Procedure& procedure, const OperatorId& starter, const QJsonObject& known)
        : m_procedure(procedure)
        , m_starter(starter.text())
        , m_known(known)
        , m_steps(procedure.steps.size())
    {
    }

    /// The rule that the row breaks; empty if none. `source`: whose word the row is.
    [[nodiscard]] QString take(const QString& kind, const QJsonObject& body, const Actor& actor, Timestamp now,
                               Source source);
    [[nodiscard]] const StepLine& line(qsizetype index) const { return m_steps[index]; }
    [[nodiscard]] const QString& status() const { return m_status; }
    /// The step and all that depend on it, directly or not.
    [[nodiscard]] QSet<qsizetype> withDependents(qsizetype index) const;
    [[nodiscard]] bool isDone(qsizetype index) const
    {
        return m_steps[index].progress == Progress::Succeeded || m_steps[index].progress == Progress::Skipped;
    }

    [[nodiscard]] bool isUnderWay(qsizetype index) const
    {
        return m_steps[index].progress == Progress::Running || m_steps[index].progress == Progress::Unknown;
    }
    /// What would have to be taken back of it: "undoable", "final" or "no_effect".
    [[nodiscard]] QString standing(qsizetype index) const;
    /// The step that makes it final was begun, and what that did stands.
    [[nodiscard]] bool isPastItsReturn(qsizetype index) const;
    /// Its turn has come, one of its conditions does not hold, and nobody wants it all the same.
    [[nodiscard]] bool isUnneeded(qsizetype index) const;
    [[nodiscard]] const QString& armedBy() const { return m_armedBy; }

private:
    struct Consent
    {
        QString person;
        QString role;
        QString step;
        QString act;
        int attempt = 0;
        Timestamp expires;
        bool used = false;
        bool over = false; // something else was begun with the step
    };

    QString undoStarted(const QJsonObject& body, const Actor& actor, Timestamp now);
    QString captured(const QJsonObject& body);
    void effectBegun(qsizetype index, const QJsonObject& body);
    void effectEnded(qsizetype index, bool success, bool reverted);
    void effectGivenUp(qsizetype index, bool withoutEffect);
    QString undoEnded(const QString& kind, const QJsonObject& body);
    void reopen(qsizetype index, int attempt);
    /// The attempt of a step that is done, or failed, and has to be done again.
    [[nodiscard]] int attemptAfter(qsizetype index) const
    {
        return m_steps[index].attempt + (m_steps[index].unneeded ? 0 : 1);
    }
    QString branch(const QString& kind, const QJsonObject& body);
    QString started(const QJsonObject& body, const Actor& actor, Timestamp now, Source source);
    QString startedByArming(qsizetype index, const Actor& actor) const;
    void endOtherConsents(qsizetype index, const QString& begun);
    QString consentMissing(qsizetype index, const QJsonArray& nonces, const QString& runner, const QString& act,
                           Timestamp now);
    QString ended(const QString& kind, const QJsonObject& body, const Actor& actor, Source source);
    QString skipped(const QJsonObject& body, const Actor& actor, Timestamp now);
    QString retried(const QJsonObject& body, const Actor& actor, Source source);
    QString approved(const QJsonObject& body, const Actor& actor, Timestamp now);
    QString verified(const QJsonObject& body, Timestamp now);
    QString closed(const QString& kind, const Actor& actor, Timestamp now);
    void leaveVerificationFailed();
    QString moves(const QString& to);
    QString changesPlan(const QString& kind, const QJsonObject& body, const Actor& actor);

    [[nodiscard]] qsizetype at(const QJsonObject& body) const
    {
        return m_procedure.indexOf(StepId(body["step"].toString()));
    }
    [[nodiscard]] bool allDone() const;
    [[nodiscard]] bool isItsTurn(qsizetype index) const;
    /// A condition asks a step that is still open.
    [[nodiscard]] bool isUndecided(qsizetype index) const;
    /// The step whose result it is about, or -1.
    [[nodiscard]] qsizetype askedBy(const Condition& condition) const;
    [[nodiscard]] bool isOpenQuestion(const Condition& condition) const;
    [[nodiscard]] bool holds(const Condition& condition) const;
    [[nodiscard]] bool makesOthersFinal(qsizetype index) const;
    /// Its conditions ask a step that is skipped by the command that is read.
    [[nodiscard]] bool asksLost(qsizetype index) const;
    /// Without the step one would not be needed that this person may not skip.
    [[nodiscard]] bool leavesOutForbidden(qsizetype index, const Actor& actor) const;
    [[nodiscard]] bool mayWork(qsizetype index, const Actor& actor) const
    {
        const auto& own = m_procedure.steps[index].requiredRoles;
        return actor.hasOneOf(own.isEmpty() ? m_procedure.requiredRoles : own);
    }
    [[nodiscard]] bool isWorkedOn() const { return m_status == "in_progress" || m_status == "verification_failed"; }
    [[nodiscard]] QString& workStatus() { return m_status == "paused" ? m_beforePause : m_status; }

    const Procedure m_procedure;
    const QString m_starter;
    const QJsonObject m_known;
    QList<StepLine> m_steps;
    QHash<QString, Consent> m_consents; // by nonce
    QString m_status{"in_progress"};
    QString m_beforePause;
    QString m_armedBy;
    QSet<qsizetype> m_armedFor; // empty: all
    QSet<qsizetype> m_crossing; // points of no return that whoever armed the plan was shown
    QSet<qsizetype> m_lost;     // by the word of a person in the command that is read
    int m_verification = 0;
    bool m_verifying = false;
    bool m_green = false; // the last verification passed, and no step was touched since
    QSet<QString> m_held;
    QSet<qsizetype> m_owners; // of the checks that failed last
    Timestamp m_verifiedAt;
    Timestamp m_soakUntil;
};

} // namespace rc::test
