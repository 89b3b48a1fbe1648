// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "port_lease.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>
#include <source_location>

namespace rc::test {

/// What a command answered, as a script sees it.
struct Answer
{
    QString command;
    int exit = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
    [[nodiscard]] QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
    /// The code and the sentence of the error under --json.
    [[nodiscard]] QString code() const { return error()["code"].toString(); }
    [[nodiscard]] QString sentence() const { return error()["message"].toString(); }
    [[nodiscard]] QJsonObject error() const { return QJsonDocument::fromJson(err).object()["error"].toObject(); }
    /// For a failing test: what was asked, and all that came back.
    [[nodiscard]] QByteArray describe() const;
};

/// The exit status that enums.md gives an error code; -1 for a code that is not in the list.
[[nodiscard]] int exitStatusOf(const QString& code);

using Where = std::source_location;

/// A home of recoveryctl with people in it and, after `up`, a practice network on ports of its own. Commands are text
/// as typed on a shell; they run the real program. Whatever was started ends with it, and a process left behind fails
/// the test.
class LabHome
{
public:
    LabHome();
    ~LabHome();
    Q_DISABLE_COPY_MOVE(LabHome)

    [[nodiscard]] QString path() const { return m_directory.path() + "/home"; }
    [[nodiscard]] QString file(const QString& name) const { return m_directory.path() + "/" + name; }
    /// Writes a file beside the home, or, with an absolute name, anywhere; answers its path.
    QString write(const QString& name, const QByteArray& text, const Where& at = Where::current());
    /// A procedure of the user's own.
    void writeProcedure(const QString& id, const QByteArray& text, const Where& at = Where::current());

    /// Adds a person; the first one sets the store up, and adds the others.
    void addPerson(const QString& id, const QStringList& roles, const Where& at = Where::current());
    /// olga (incident_commander, protocol_lead, node_operator), ben (protocol_lead, security_analyst), nora
    /// (node_operator) and otto (observer).
    void addPeople();
    [[nodiscard]] QString passphraseFile(const QString& id) const { return file("passphrase-" + id); }

    /// Runs a command under --json, as `who`, or as nobody if empty.
    Answer ask(const QString& who, const QString& command);
    /// The same, which has to end with exit status 0 (or `exit`): the answer as an object, or an array in "list".
    QJsonObject ok(const QString& who, const QString& command, int exit = 0, const Where& at = Where::current());
    /// The same, which has to be refused: nothing on standard output, `code` with its exit status on standard error.
    Answer refused(const QString& who, const QString& command, const QString& code, const Where& at = Where::current());
    /// What a command that succeeds says to people, as nobody in particular.
    [[nodiscard]] QString said(const QString& command, const Where& at = Where::current());
    /// Starts a command and does not wait.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QString& who, const QString& command);
    /// Set in the environment of the next commands; an empty value takes it away.
    void setEnvironment(const QString& name, const QString& value);

    /// `lab up` on free ports. False, and a failed test, if it does not come up.
    bool up(const Where& at = Where::current());
    /// `lab down`; nothing may be left.
    void down(const Where& at = Where::current());
    /// The first port of the lab; leased from other tests for the life of this object.
    [[nodiscard]] int portBase() { return m_ports.base(); }
    /// Processes that have to do with this home: "pid command line".
    [[nodiscard]] QStringList processes() const;
    /// An inventory of one system, validator-3, that has a trusted configuration file and no process: enough for plans
    /// of manual steps and checks. What it means for a check to fail: `spoilConfiguration`.
    void writeInventory(const Where& at = Where::current());
    void spoilConfiguration() { write(path() + "/conf/app.json", "{\"spoilt\": true}\n"); }
    void mendConfiguration() { write(path() + "/conf/app.json", "{}\n"); }

    /// Opens an incident on a system and answers its id.
    QString openIncident(const QString& system = "validator-3", const QString& since = {},
                         const Where& at = Where::current());
    [[nodiscard]] QJsonObject plan(const QString& id, const Where& at = Where::current());
    [[nodiscard]] QJsonObject step(const QString& plan, const QString& step, const Where& at = Where::current());
    /// The newest record, as `journal head` has it: the same before and after means that nothing was written.
    [[nodiscard]] QJsonObject journalHead(const Where& at = Where::current());
    [[nodiscard]] QJsonArray records(const QString& kind, const Where& at = Where::current());
    void verifyJournal(const Where& at = Where::current());

private:
    /// The supervisor of a home without a lab, or with more than a lab, and what it keeps.
    void endSupervisor();
    [[nodiscard]] QStringList arguments(const QString& who, const QString& command) const;

    QTemporaryDir m_directory;
    QStringList m_people;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    PortLease m_ports;
};

/// The step of a plan's JSON.
[[nodiscard]] QJsonObject stepIn(const QJsonObject& plan, const QString& id);
[[nodiscard]] QString now();

} // namespace rc::test
