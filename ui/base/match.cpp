// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/match.h"

#include <QStringList>

namespace rc::ui {
namespace {

constexpr int AtStart = 8;
constexpr int AtWord = 5;
constexpr int Inside = 2;
constexpr int ByInitials = 1;

bool beginsWord(const QString& text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

int valueOf(const QString& word, const QString& text)
{
    int best = 0;
    for (auto at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        best = std::max(best, at == 0 ? AtStart : beginsWord(text, at) ? AtWord : Inside);
    }
    return best;
}

/// Each letter begins a word, in the order of the words; some may be passed over.
bool areInitials(const QString& letters, const QString& text)
{
    qsizetype found = 0;
    for (qsizetype i = 0; i < text.size() && found < letters.size(); ++i) {
        if (text[i] == letters[found] && beginsWord(text, i)) {
            ++found;
        }
    }
    return found == letters.size();
}

} // namespace

int matchOf(const QString& typed, const QString& text)
{
    const auto there = text.toCaseFolded();
    const auto words = typed.toCaseFolded().split(' ', Qt::SkipEmptyParts);
    int value = 0;
    for (const auto& word : words) {
        const int part = valueOf(word, there);
        if (part == 0) {
            return words.size() == 1 && word.size() > 1 && areInitials(word, there) ? ByInitials : 0;
        }
        value += part;
    }
    return value;
}

} // namespace rc::ui
