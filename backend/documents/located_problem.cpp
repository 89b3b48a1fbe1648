// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/located_problem.h"

#include <algorithm>

namespace rc {
namespace {

constexpr qsizetype maxProblemsShown = 50;

} // namespace

Error documentError(const QString& file, QList<LocatedProblem> problems)
{
    std::ranges::stable_sort(problems, {}, &LocatedProblem::line);
    QStringList sentences;
    QJsonArray list;
    for (const auto& problem : problems) {
        if (list.size() == maxProblemsShown) {
            sentences.append(
                QString("%1: and %2 more problems").arg(file, QString::number(problems.size() - maxProblemsShown)));
            break;
        }
        sentences.append(QString("%1:%2: %3").arg(file, QString::number(problem.line), problem.message));
        list.append(QJsonObject{{"line", problem.line}, {"pointer", problem.pointer}, {"message", problem.message}});
    }
    const int firstLine = problems.isEmpty() ? 1 : problems.first().line;
    return {ErrorCode::InvalidInput, sentences.join('\n'), {{"file", file}, {"line", firstLine}, {"problems", list}}};
}

} // namespace rc
