// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"
#include "backend/platform/terminal.h"

namespace rc::ctl {
namespace {

Answer answerOf(const Operator& person)
{
    const auto json = person.toJson();
    return {json, operatorText(json)};
}

Reply replyOf(const Result<Operator>& person)
{
    return person ? Reply(answerOf(*person)) : std::unexpected(person.error());
}

Result<Passphrase> newPassphrase(const Invocation& call)
{
    if (call.has("new-passphrase-file")) {
        return Passphrase::fromFile(call.value("new-passphrase-file"));
    }
    auto first = readPassphrase("New passphrase: ");
    if (!first) {
        return std::unexpected(first.error());
    }
    auto passphrase = Passphrase::typed(std::move(*first));
    auto second = readPassphrase("Again: ");
    if (!second) {
        return std::unexpected(second.error());
    }
    if (!(passphrase == Passphrase::typed(std::move(*second)))) {
        return fail(ErrorCode::InvalidInput, "The two passphrases differ; nothing was changed.");
    }
    return passphrase;
}

Reply add(const Invocation& call)
{
    const auto roles = enumOptions<Role>(call, "role");
    if (!roles) {
        return std::unexpected(roles.error());
    }
    const auto cost = costOption(call);
    if (!cost) {
        return std::unexpected(cost.error());
    }
    // Who makes the store cannot be signed in at it; an alias with --as does no harm.
    const auto opened = call.desk.openForReading();
    const bool makesTheStore =
        !opened && opened.error().code == ErrorCode::NotFound && call.desk.named() == call.argument(0);
    const auto by = makesTheStore ? Result<std::optional<SecurityContext>>(std::nullopt) : call.desk.signInIfNamed();
    if (!by) {
        return std::unexpected(by.error());
    }
    const auto passphrase = newPassphrase(call);
    if (!passphrase) {
        return std::unexpected(passphrase.error());
    }
    const NewOperator who{OperatorId(call.argument(0)), call.has("name") ? call.value("name") : call.argument(0),
                          *roles, *cost};
    // The first operator makes the store; what is refused makes none.
    if (const auto valid = IdentityService::checkNew(who, *passphrase); !valid) {
        return std::unexpected(valid.error());
    }
    if (const auto made = call.desk.openForWriting(true); !made) {
        return std::unexpected(made.error());
    }
    return replyOf(call.desk.identity().addOperator(*by, who, *passphrase));
}

Reply list(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto people = call.desk.identity().operators();
    if (!people) {
        return std::unexpected(people.error());
    }
    QJsonArray json;
    QList<QStringList> rows;
    for (const auto& person : *people) {
        json.append(person.toJson());
        QStringList notes;
        if (!person.enabled) {
            notes.append("disabled");
        }
        for (const auto& one : person.temporary) {
            notes.append(temporaryRoleLine(one.toJson()));
        }
        rows.append({person.id.text(), person.name, plain(toJson(person.roles)), notes.join("; ")});
    }
    return Answer{json, table({"ID", "NAME", "ROLES", ""}, rows)};
}

Reply show(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    return replyOf(call.desk.identity().operatorById(OperatorId(call.argument(0))));
}

Reply changeRoles(const Invocation& call, bool grant)
{
    const auto roles = enumOptions<Role>(call, "role");
    if (!roles) {
        return std::unexpected(roles.error());
    }
    const auto by = call.desk.signIn();
    if (!by) {
        return std::unexpected(by.error());
    }
    const OperatorId id(call.argument(0));
    auto& identity = call.desk.identity();
    return replyOf(grant ? identity.grant(*by, id, *roles) : identity.revoke(*by, id, *roles));
}

Reply setEnabled(const Invocation& call, bool enabled)
{
    const auto by = call.desk.signIn();
    if (!by) {
        return std::unexpected(by.error());
    }
    const OperatorId id(call.argument(0));
    const auto reason = call.value("reason");
    auto& identity = call.desk.identity();
    return replyOf(enabled ? identity.enable(*by, id, reason) : identity.disable(*by, id, reason));
}

Reply changePassphrase(const Invocation& call)
{
    const auto cost = costOption(call);
    if (!cost) {
        return std::unexpected(cost.error());
    }
    if (const auto opened = call.desk.openForWriting(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto current = call.desk.passphrase();
    if (!current) {
        return std::unexpected(current.error());
    }
    const auto next = newPassphrase(call);
    if (!next) {
        return std::unexpected(next.error());
    }
    const OperatorId id(call.desk.options().operatorId);
    if (const auto changed = call.desk.identity().changePassphrase(id, *current, *next, *cost); !changed) {
        return std::unexpected(changed.error());
    }
    return replyOf(call.desk.identity().operatorById(id));
}

} // namespace

QList<Command> operatorCommands()
{
    const QCommandLineOption role("role", "A role; may be given several times: " + allIds<Role>().join(", "), "ROLE");
    const QCommandLineOption reason("reason", "Why; it is on record.", "TEXT");
    const QCommandLineOption newPassphraseFile(
        "new-passphrase-file", "Read the new passphrase here instead of asking on the terminal.", "FILE");
    const QCommandLineOption cost("kdf-cost",
                                  "What guessing the passphrase costs: moderate (default), interactive "
                                  "(for drills), minimal (for tests).",
                                  "COST", "moderate");
    return {
        {"operator add",
         "ID",
         "Adds a person with a key pair; the first one sets the store up and administers it.",
         {{"name", "The person's name.", "NAME"}, role, newPassphraseFile, cost},
         immediate(add)},
        {"operator list", "", "Everybody who may act.", {}, immediate(list)},
        {"operator show", "ID", "One person.", {}, immediate(show)},
        {"operator grant", "ID", "Gives roles.", {role}, immediate([](const Invocation& call) {
             return changeRoles(call, true);
         })},
        {"operator revoke", "ID", "Takes roles away.", {role}, immediate([](const Invocation& call) {
             return changeRoles(call, false);
         })},
        {"operator disable",
         "ID",
         "Shuts somebody out: nothing signed by them or their sessions counts from now on.",
         {reason},
         immediate([](const Invocation& call) { return setEnabled(call, false); })},
        {"operator enable",
         "ID",
         "Lets somebody who was disabled in again, with the key and the roles they had.",
         {reason},
         immediate([](const Invocation& call) { return setEnabled(call, true); })},
        {"operator passphrase",
         "",
         "Changes the passphrase of the operator named by --as.",
         {newPassphraseFile, cost},
         immediate(changePassphrase)},
    };
}

} // namespace rc::ctl
