// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/yaml_scalar.h"

#include <QRegularExpression>

namespace rc {
namespace {

bool matches(const char* pattern, const QString& text)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QString::fromLatin1(pattern))).match(text).hasMatch();
}

std::optional<QJsonValue> wholeNumber(const QString& digits, int base)
{
    bool ok = false;
    const qlonglong number = digits.toLongLong(&ok, base);
    return ok ? std::optional(QJsonValue(number)) : std::nullopt;
}

} // namespace

std::optional<QJsonValue> plainScalar(const QString& text)
{
    static const QStringList nulls{"", "~", "null", "Null", "NULL"};
    static const QStringList truths{"true", "True", "TRUE"};
    static const QStringList lies{"false", "False", "FALSE"};
    if (nulls.contains(text)) {
        return QJsonValue(QJsonValue::Null);
    }
    if (truths.contains(text) || lies.contains(text)) {
        return QJsonValue(truths.contains(text));
    }
    const QChar first = text.front();
    if (!first.isDigit() && first != '-' && first != '+' && first != '.') {
        return QJsonValue(text);
    }
    if (matches("[-+]?[0-9]+", text)) {
        return wholeNumber(text, 10);
    }
    if (matches("0o[0-7]+", text)) {
        return wholeNumber(text.mid(2), 8);
    }
    if (matches("0x[0-9a-fA-F]+", text)) {
        return wholeNumber(text.mid(2), 16);
    }
    if (matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?", text)) {
        bool ok = false;
        const double number = text.toDouble(&ok);
        return ok ? std::optional(QJsonValue(number)) : std::nullopt;
    }
    return QJsonValue(text);
}

} // namespace rc
