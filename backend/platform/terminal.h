// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QByteArray>
#include <QString>

/// The terminal of a command-line program. Compiled for POSIX systems.
namespace rc {

/// True if the descriptor (0 input, 1 output, 2 error) is a terminal: only there is a progress bar or a question
/// welcome.
[[nodiscard]] bool isTerminal(int descriptor);

/// Asks on the controlling terminal, whatever standard input and output are, and reads one line without echo (at most
/// 1024 bytes). Blocks: for command-line programs only. InvalidInput if there is no terminal, Cancelled on Ctrl-C,
/// Ctrl-D and a SIGTERM that an InterruptWatcher looks out for (which tells of it afterwards). The caller wipes the
/// bytes after use.
[[nodiscard]] Result<QByteArray> readPassphrase(const QString& prompt);

/// Asks there, with echo, and reads one line. Blocks, and fails, like readPassphrase.
[[nodiscard]] Result<QString> askOnTerminal(const QString& question);

} // namespace rc
