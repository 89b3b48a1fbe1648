// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/yaml_scalar.h"

#include <QRegularExpression>

namespace rc {
namespace {

/// The forms of a number, each to be matched as a whole.
struct NumberForms
{
    QRegularExpression decimal{R"(\A[-+]?[0-9]+\z)"};
    QRegularExpression octal{R"(\A0o[0-7]+\z)"};
    QRegularExpression hexadecimal{R"(\A0x[0-9a-fA-F]+\z)"};
    QRegularExpression fraction{R"(\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z)"};
};

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
    static const NumberForms forms;
    if (forms.decimal.match(text).hasMatch()) {
        return wholeNumber(text, 10);
    }
    if (forms.octal.match(text).hasMatch()) {
        return wholeNumber(text.mid(2), 8);
    }
    if (forms.hexadecimal.match(text).hasMatch()) {
        return wholeNumber(text.mid(2), 16);
    }
    if (forms.fraction.match(text).hasMatch()) {
        bool ok = false;
        const double number = text.toDouble(&ok);
        return ok ? std::optional(QJsonValue(number)) : std::nullopt;
    }
    return QJsonValue(text);
}

} // namespace rc
