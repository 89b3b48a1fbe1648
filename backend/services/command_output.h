// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/base/redaction.h"

/// What a command has written into its file. Nothing that is shown of it holds a secret.
namespace rc {

/// The last bytes, at most so many, as text; empty if there is no such file.
[[nodiscard]] QString outputTail(const QString& file, const Redaction& redaction, qsizetype bytes = 4096);

/// All lines without their ends, and without those that are empty, as they are. InvalidInput for more than 1 MiB.
[[nodiscard]] Result<QByteArrayList> outputLines(const QString& file);
/// The last line that is not empty, as it is. InvalidInput if there is none, or if it is longer than 256 KiB.
[[nodiscard]] Result<QByteArray> lastOutputLine(const QString& file);

/// The file as proof: `{kind: "file", what, path, bytes, sha256}`.
[[nodiscard]] QJsonObject outputArtifact(const QString& what, const QString& file);

/// Tells the lines of a file while they are being written, from a little before where the
/// file ends now. Of many at once the first are
/// told, of a long one its beginning.
class OutputFollower
{
public:
    OutputFollower(const QString& file, Redaction redaction);

    /// Tells the lines that have been completed since; with `whole`, also one that has not.
    void tell(const Operation& operation, bool whole = false);

private:
    QString m_file;
    Redaction m_redaction;
    qint64 m_position;
    QByteArray m_unfinished;
    /// It begins in the middle of a line, which is left out.
    bool m_beginsWithin;
};

} // namespace rc
