// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/values.h"

#include "ui/words/json_words.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace rc::ui::report {
namespace {

bool looksLikeHash(const QString& text)
{
    static const QRegularExpression hex("^(0x)?[0-9a-f]{32,}$");
    return hex.match(text).hasMatch();
}

} // namespace

QList<Run> valueRuns(const QString& key, const QJsonValue& value)
{
    QList<Run> runs;
    if (value.isArray() && !value.toArray().isEmpty()) {
        for (const auto& entry : value.toArray()) {
            runs += valueRuns(key, entry);
        }
        return runs;
    }
    const auto line = valueInWords(key, value);
    return {{line, looksLikeHash(line) ? style::Hash : style::Cell, Mark::None}};
}

} // namespace rc::ui::report
