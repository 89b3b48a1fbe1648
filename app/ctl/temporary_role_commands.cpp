// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"

#include <algorithm>

namespace rc::ctl {
namespace {

Reply replyOf(const Result<Operator>& person)
{
    if (!person) {
        return std::unexpected(person.error());
    }
    const auto json = person->toJson();
    return Answer{json, operatorText(json)};
}

qint64 mostHours(TemporaryKind kind)
{
    return std::chrono::duration_cast<std::chrono::hours>(longestOf(kind)).count();
}

/// When a temporary role ends: `--until`, or `--hours` from now.
Result<Timestamp> endOption(const Invocation& call, std::optional<qint64> otherwise)
{
    const auto until = timeOption(call, "until");
    const auto hours = numberOption(call, "hours", 1);
    if (!until || !hours) {
        return std::unexpected(!until ? until.error() : hours.error());
    }
    if (*until && *hours) {
        return fail(ErrorCode::InvalidInput, "Give --hours or --until, not both.");
    }
    if (*until) {
        return **until;
    }
    const auto span = *hours ? *hours : otherwise;
    if (!span) {
        return fail(ErrorCode::InvalidInput, "Say when it ends: --hours N or --until TIME.");
    }
    // What is too long is refused with the limit; no number may come round to a small one.
    return call.desk.journal().now() + std::chrono::hours(std::min<qint64>(*span, 100'000));
}

/// Who is signed in acts for themselves unless --of says for whom.
OperatorId ofOption(const Invocation& call, const SecurityContext& by)
{
    return call.has("of") ? OperatorId(call.value("of")) : by.operatorId;
}

Reply nameDeputy(const Invocation& call)
{
    const auto roles = enumOptions<Role>(call, "role");
    const auto by = roles ? call.desk.signIn() : std::unexpected(roles.error());
    const auto until = by ? endOption(call, {}) : std::unexpected(by.error());
    if (!until) {
        return std::unexpected(until.error());
    }
    return replyOf(call.desk.identity().nameDeputy(
        *by, {OperatorId(call.argument(0)), ofOption(call, *by), *roles, *until, call.value("reason")}));
}

Reply endDeputy(const Invocation& call)
{
    const auto by = call.desk.signIn();
    if (!by) {
        return std::unexpected(by.error());
    }
    return replyOf(
        call.desk.identity().endDeputy(*by, OperatorId(call.argument(0)), ofOption(call, *by), call.value("reason")));
}

Reply breakGlass(const Invocation& call)
{
    const auto roles = enumOptions<Role>(call, "role");
    const auto by = roles ? call.desk.signIn() : std::unexpected(roles.error());
    const auto until = by ? endOption(call, 1) : std::unexpected(by.error());
    if (!until) {
        return std::unexpected(until.error());
    }
    return replyOf(call.desk.identity().breakGlass(*by, *roles, *until, call.value("reason")));
}

Reply endBreakGlass(const Invocation& call)
{
    const auto by = call.desk.signIn();
    if (!by) {
        return std::unexpected(by.error());
    }
    return replyOf(call.desk.identity().endBreakGlass(*by, OperatorId(call.argument(0)), call.value("reason")));
}

} // namespace

QList<Command> temporaryRoleCommands()
{
    const QCommandLineOption role("role", "A role; may be given several times: " + allIds<Role>().join(", "), "ROLE");
    const QCommandLineOption of("of", "Whose deputy; who is signed in, if not said.", "OPERATOR");
    const QCommandLineOption hours("hours", "For so many hours from now.", "N");
    const QCommandLineOption until("until", "Until then, such as 2026-01-31T03:00:00Z.", "TIME");
    const QCommandLineOption reason("reason", "Why; it is on record.", "TEXT");
    return {
        {"operator deputy",
         "ID",
         QString("Gives somebody another's roles (or those named by --role) until a time, %1 days off at most; never "
                 "administrator, and none that was borrowed. By that other, or an administrator.")
             .arg(mostHours(TemporaryKind::Deputy) / 24),
         {of, hours, until, role, reason},
         immediate(nameDeputy)},
        {"operator end-deputy",
         "ID",
         "Ends that, at once. By either of the two, or an administrator.",
         {of, reason},
         immediate(endDeputy)},
        {"operator break-glass",
         "",
         QString(
             "Takes a role that you do not have, for an hour, or for --hours, %1 at most; never administrator. It is "
             "on record, and everybody sees it.")
             .arg(mostHours(TemporaryKind::BreakGlass)),
         {role, hours, until, reason},
         immediate(breakGlass)},
        {"operator end-break-glass",
         "ID",
         "Ends what somebody took by break-glass, at once. By themselves, an incident commander, or an administrator.",
         {reason},
         immediate(endBreakGlass)},
    };
}

} // namespace rc::ctl
