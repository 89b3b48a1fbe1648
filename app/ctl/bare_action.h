// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/command.h"

/// Actions without a plan: the same actions over the same services, with permission, claims and a journaled start and
/// end of their own.

namespace rc::ctl {

/// Signs in, and checks that the person has one of the roles; a refusal is journaled.
[[nodiscard]] Result<SecurityContext> mayAct(Desk& desk, const QList<Role>& roles, const QString& what);

/// How a command shows the result of its action.
using Shape = std::function<QJsonObject(const StepResult&)>;

/// Claims the systems, journals the start, executes, journals the end. Exit 1 if the result is a failure, 5 if it
/// was cancelled on the way; an error that came before anything was touched is the error.
[[nodiscard]] QCoro::Task<Reply> runBareAction(Invocation call, SecurityContext context, ActionType type,
                                               QJsonObject parameters, Shape shape);

/// Its dry run.
[[nodiscard]] QCoro::Task<Reply> previewBareAction(Invocation call, ActionType type, QJsonObject parameters);

} // namespace rc::ctl
