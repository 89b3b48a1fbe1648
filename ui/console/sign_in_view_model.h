// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/engine_thread.h"
#include "ui/base/row_model.h"
#include "ui/console/sight.h"
#include "ui/console/step_row.h"

namespace rc::ui {

/// Somebody who can sign in.
class OperatorRow
{
    Q_GADGET
    QML_VALUE_TYPE(operatorRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString roles MEMBER roles FINAL)

public:
    QString key;
    QString name;
    QString roles;

    friend bool operator==(const OperatorRow&, const OperatorRow&) = default;
};

/// Who is at the desk: the first operator of an empty store, signing in, signing out. What the store is and whether its
/// journal verifies is shown before anybody signs in.
class SignInViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    Q_PROPERTY(rc::ui::SignInViewModel::Stage stage READ stage NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* operators READ operators CONSTANT FINAL)
    /// Id of who signed in here last, or of the only operator.
    Q_PROPERTY(QString suggested READ suggested NOTIFY changed FINAL)
    Q_PROPERTY(QString storePath READ storePath NOTIFY changed FINAL)
    Q_PROPERTY(QString storeText READ storeText NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::Tone::Value storeTone READ storeTone NOTIFY changed FINAL)
    /// The most urgent open plan, in a line: its status, or where it was interrupted; empty without one.
    Q_PROPERTY(QString planText READ planText NOTIFY changed FINAL)
    /// Why the last attempt failed, or why who was signed in is not any more.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ busy NOTIFY changed FINAL)

public:
    enum Stage {
        Opening,
        /// There is no operator yet.
        First,
        SignIn,
        SignedIn,
        /// The store cannot be used at all.
        Unusable,
    };
    Q_ENUM(Stage)

    explicit SignInViewModel(EngineThread& engine, QObject* parent = nullptr);

    [[nodiscard]] Stage stage() const;
    [[nodiscard]] RowModelBase* operators() { return &m_operators; }
    [[nodiscard]] QString suggested() const;
    [[nodiscard]] QString storePath() const { return m_store.path; }
    [[nodiscard]] QString storeText() const;
    [[nodiscard]] Tone::Value storeTone() const { return toneOf(m_store.state); }
    [[nodiscard]] QString planText() const;
    [[nodiscard]] QString trouble() const { return m_trouble; }
    [[nodiscard]] bool busy() const { return m_busy; }
    /// Nobody before somebody signed in.
    [[nodiscard]] const std::optional<OperatorId>& signedIn() const { return m_signedIn; }

    void show(const Sight& sight);

    /// Makes the store with this operator. The passphrase is asked for twice.
    Q_INVOKABLE void addFirst(const QString& id, const QString& name, const QString& passphrase, const QString& again);
    Q_INVOKABLE void signIn(const QString& id, const QString& passphrase);
    Q_INVOKABLE void signOut();

Q_SIGNALS:
    void changed();
    /// Somebody signed in or out.
    void actorChanged();

private:
    void await(QFuture<Result<Actor>> answer);
    void fail(const QString& sentence);

    EngineThread& m_engine;
    StoreView m_store;
    QString m_planText;
    RowModel<OperatorRow> m_operators;
    std::optional<OperatorId> m_signedIn;
    /// Who signed in here last, as the settings have it.
    QString m_last;
    QString m_trouble;
    bool m_busy = false;
};

} // namespace rc::ui
