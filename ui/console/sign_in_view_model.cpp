// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/sign_in_view_model.h"

#include "ui/console/guidance.h"
#include "ui/words/words.h"

#include <QSettings>

namespace rc::ui {
namespace {

const QString LastOperator("people/last_operator");

/// All of the first operator's rights: alone at a desk one has to be able to begin; others get theirs from the first.
QList<Role> firstRoles()
{
    return {Role::IncidentCommander, Role::NodeOperator, Role::SecurityAnalyst};
}

} // namespace

SignInViewModel::SignInViewModel(EngineThread& engine, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_last(QSettings().value(LastOperator).toString())
{
    connect(&engine.engine(), &Engine::signedOut, this, [this](const QString& why) {
        m_signedIn.reset();
        m_trouble = why;
        Q_EMIT changed();
        Q_EMIT actorChanged();
    });
}

SignInViewModel::Stage SignInViewModel::stage() const
{
    if (m_signedIn) {
        return SignedIn;
    }
    switch (m_store.state) {
    case StoreState::Opening:
        return Opening;
    case StoreState::Absent:
        return First;
    case StoreState::Unusable:
        return Unusable;
    case StoreState::Ready:
        return m_store.operators.isEmpty() ? First : SignIn;
    default:
        return SignIn;
    }
}

QString SignInViewModel::suggested() const
{
    if (m_operators.indexOf(m_last) >= 0) {
        return m_last;
    }
    return m_operators.count() == 1 ? m_operators.rows().first().key : QString();
}

QString SignInViewModel::storeText() const
{
    switch (m_store.state) {
    case StoreState::Opening:
        return "Opening …";
    case StoreState::Absent:
        return "There is no store here yet.";
    case StoreState::Ready:
        return QString("The journal is sound: %1 records verified.").arg(m_store.records);
    case StoreState::ReadOnly:
        return QString("The store can only be read: %1 records.").arg(m_store.records);
    default:
        return m_store.trouble;
    }
}

QString SignInViewModel::planText() const
{
    return m_planText;
}

void SignInViewModel::show(const Sight& sight)
{
    m_store = sight.store;
    QList<OperatorRow> rows;
    for (const auto& person : m_store.operators) {
        if (person.enabled) {
            rows.append({person.id.text(), person.name, rolesInWords(person.rolesAt(sight.now))});
        }
    }
    m_operators.replace(rows);
    m_planText.clear();
    if (const auto* shown = sight.urgentPlan()) {
        const auto* interrupted = interruptedStep(shown->plan, sight.now);
        m_planText = QString("%1 · %2 · %3")
                         .arg(shown->plan.id.text(), shown->plan.procedure.name,
                              interrupted ? "interrupted at “" + interrupted->name + "”"
                                          : words(idOf(shown->plan.status)).toLower());
    }
    Q_EMIT changed();
}

void SignInViewModel::addFirst(const QString& id, const QString& name, const QString& passphrase, const QString& again)
{
    if (passphrase != again) {
        return fail("The two passphrases differ.");
    }
    const NewOperator who{OperatorId(id.trimmed()), name.trimmed(), firstRoles()};
    await(m_engine.ask([who, passphrase](Engine& engine) { return engine.addFirstOperator(who, passphrase); }));
}

void SignInViewModel::signIn(const QString& id, const QString& passphrase)
{
    await(m_engine.ask([id, passphrase](Engine& engine) { return engine.signIn(OperatorId(id), passphrase); }));
}

void SignInViewModel::signOut()
{
    m_engine.tell([](Engine& engine) { engine.signOut(); });
}

void SignInViewModel::await(QFuture<Result<Actor>> answer)
{
    m_busy = true;
    m_trouble.clear();
    Q_EMIT changed();
    answer.then(this, [this](const Result<Actor>& actor) {
        m_busy = false;
        if (!actor) {
            return fail(actor.error().message);
        }
        m_signedIn = actor->id;
        m_last = actor->id.text();
        QSettings().setValue(LastOperator, m_last);
        // The pages know first who came: one of them is about to be opened.
        Q_EMIT actorChanged();
        Q_EMIT changed();
    });
}

void SignInViewModel::fail(const QString& sentence)
{
    m_trouble = sentence;
    Q_EMIT changed();
}

} // namespace rc::ui
