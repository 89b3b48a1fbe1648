// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace rc::arch {

/// One file of the repository, or of a small made-up one.
struct SourceFile
{
    /// From the repository root, e.g. `backend/journal/journal.h`.
    QString path;
    QString text;

    [[nodiscard]] bool isCpp() const { return path.endsWith(".h") || path.endsWith(".cpp"); }
    [[nodiscard]] bool isQml() const { return path.endsWith(".qml"); }
    /// `backend` of `backend/journal/journal.h`.
    [[nodiscard]] QString layer() const { return path.section('/', 0, 0); }
    /// `backend/journal` of `backend/journal/journal.h`.
    [[nodiscard]] QString part() const { return path.section('/', 0, 1); }
    /// The text without comments, and without what stands in strings.
    [[nodiscard]] QString code() const;
    /// The text without comments.
    [[nodiscard]] QString withoutComments() const;
    /// What it includes, as written between quotes or angle brackets.
    [[nodiscard]] QStringList includes(QChar opening) const;
};

using SourceTree = QList<SourceFile>;

/// Everything a person has written below `root`: no build folders, nothing hidden.
[[nodiscard]] SourceTree readTree(const QString& root);

} // namespace rc::arch
