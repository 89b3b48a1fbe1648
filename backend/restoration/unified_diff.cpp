// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/unified_diff.h"

#include <algorithm>

namespace rc {
namespace {

constexpr qsizetype ContextLines = 3;
/// Above this many pairs of lines the middle of two files counts as changed whole.
constexpr qsizetype PairLimit = 4'000'000;

/// A line of the result: ' ' kept, '-' removed, '+' added.
struct Edit
{
    char sign;
    QString line;
};

QStringList linesOf(const QByteArray& bytes)
{
    if (bytes.isEmpty()) {
        return {};
    }
    const auto text = QString::fromUtf8(bytes);
    auto lines = text.split('\n');
    if (lines.last().isEmpty()) {
        lines.removeLast();
    } else {
        lines.last() += "\n\\ No newline at end of file";
    }
    return lines;
}

/// Lengths of the longest common subsequences of the tails of two lists of lines, a row per line of `before`.
std::vector<std::vector<int>> commonTails(const QStringList& before, const QStringList& after)
{
    std::vector<std::vector<int>> length(std::size_t(before.size()) + 1,
                                         std::vector<int>(std::size_t(after.size()) + 1, 0));
    for (auto i = before.size() - 1; i >= 0; --i) {
        for (auto k = after.size() - 1; k >= 0; --k) {
            length[i][k] =
                before[i] == after[k] ? length[i + 1][k + 1] + 1 : std::max(length[i + 1][k], length[i][k + 1]);
        }
    }
    return length;
}

std::vector<Edit> editsBetween(const QStringList& before, const QStringList& after)
{
    std::vector<Edit> edits;
    qsizetype i = 0;
    qsizetype k = 0;
    if (before.size() * after.size() <= PairLimit) {
        const auto length = commonTails(before, after);
        while (i < before.size() && k < after.size()) {
            if (before[i] == after[k]) {
                edits.push_back({' ', before[i++]});
                ++k;
            } else if (length[i + 1][k] >= length[i][k + 1]) {
                edits.push_back({'-', before[i++]});
            } else {
                edits.push_back({'+', after[k++]});
            }
        }
    }
    for (; i < before.size(); ++i) {
        edits.push_back({'-', before[i]});
    }
    for (; k < after.size(); ++k) {
        edits.push_back({'+', after[k]});
    }
    return edits;
}

/// "-3,7": where a hunk starts on one side, and how many lines it has there.
QString range(char sign, qsizetype linesBefore, qsizetype lines)
{
    return QString("%1%2,%3").arg(QChar(sign)).arg(lines == 0 ? linesBefore : linesBefore + 1).arg(lines);
}

QString hunkText(const std::vector<Edit>& edits, qsizetype from, qsizetype to)
{
    const auto count = [&](qsizetype first, qsizetype last, char without) {
        return qsizetype(std::count_if(edits.begin() + first, edits.begin() + last,
                                       [&](const Edit& edit) { return edit.sign != without; }));
    };
    auto text = QString("@@ %1 %2 @@\n")
                    .arg(range('-', count(0, from, '+'), count(from, to, '+')),
                         range('+', count(0, from, '-'), count(from, to, '-')));
    for (auto i = from; i < to; ++i) {
        text += QChar(edits[i].sign) + edits[i].line + '\n';
    }
    return text;
}

QString hunks(const std::vector<Edit>& edits)
{
    QString text;
    const auto size = qsizetype(edits.size());
    for (qsizetype i = 0; i < size; ++i) {
        if (edits[i].sign == ' ') {
            continue;
        }
        qsizetype end = i;
        for (auto k = i; k < size && k <= end + 2 * ContextLines; ++k) {
            end = edits[k].sign == ' ' ? end : k;
        }
        text += hunkText(edits, std::max<qsizetype>(0, i - ContextLines), std::min(size, end + 1 + ContextLines));
        i = end;
    }
    return text;
}

QString nameOf(const std::optional<FileContent>& content, const QString& prefix)
{
    return content ? prefix + content->file.path : "/dev/null";
}

} // namespace

QString unifiedDiff(const std::optional<FileContent>& before, const std::optional<FileContent>& after)
{
    QString text;
    if (before && after && before->file.mode != after->file.mode) {
        text = QString("%1: mode %2 becomes %3\n")
                   .arg(before->file.path)
                   .arg(before->file.mode, 4, 8, QChar('0'))
                   .arg(after->file.mode, 4, 8, QChar('0'));
    }
    const auto old = before ? before->bytes : QByteArray();
    const auto next = after ? after->bytes : QByteArray();
    if (old == next && before.has_value() == after.has_value()) {
        return text;
    }
    const auto oldName = nameOf(before, "a/");
    const auto nextName = nameOf(after, "b/");
    if (old.contains('\0') || next.contains('\0')) {
        return text + QString("Binary files %1 and %2 differ\n").arg(oldName, nextName);
    }
    return text + QString("--- %1\n+++ %2\n").arg(oldName, nextName) + hunks(editsBetween(linesOf(old), linesOf(next)));
}

} // namespace rc
