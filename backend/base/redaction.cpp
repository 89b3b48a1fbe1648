// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/base/redaction.h"

#include "model/base/plain_text.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace rc {
namespace {

/// Of a secret of several lines, shorter ones say nothing: a brace, an end mark.
constexpr qsizetype shortestLine = 4;

} // namespace

void Redaction::add(const QByteArray& secret)
{
    QByteArrayList parts{secret};
    const auto lines = secret.split('\n');
    for (const auto& line : lines) {
        if (line.trimmed().size() >= shortestLine) {
            parts.append(line.trimmed());
        }
    }
    for (const auto& part : std::as_const(parts)) {
        if (!part.isEmpty() && !m_secrets.contains(part)) {
            m_secrets.append(part);
        }
    }
    std::ranges::stable_sort(m_secrets, std::greater(), &QByteArray::size);
}

QByteArray Redaction::masked(QByteArray bytes) const
{
    bytes.replace('\0', '?');
    for (const auto& secret : m_secrets) {
        for (auto at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + secret.size())) {
            std::fill_n(bytes.begin() + at, secret.size(), '\0');
        }
    }
    return bytes;
}

QString Redaction::textOf(const QByteArray& masked)
{
    QString text;
    for (qsizetype at = 0; at < masked.size();) {
        const bool isHole = masked[at] == '\0';
        const auto end = std::find_if(masked.begin() + at, masked.end(), [&](char c) { return (c == '\0') != isHole; });
        const auto length = end - (masked.begin() + at);
        text += isHole ? QString("[secret]") : withHiddenShown(QString::fromUtf8(masked.sliced(at, length)));
        at += length;
    }
    return text;
}

QString Redaction::shown(const QString& text) const
{
    return textOf(masked(text.toUtf8()));
}

QJsonValue Redaction::shown(const QJsonValue& value) const
{
    if (value.isString()) {
        return shown(value.toString());
    }
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue entry : value.toArray()) {
            array.append(shown(entry));
        }
        return array;
    }
    if (value.isObject()) {
        QJsonObject object;
        const auto source = value.toObject();
        for (auto field = source.begin(); field != source.end(); ++field) {
            object.insert(shown(field.key()), shown(field.value()));
        }
        return object;
    }
    return value;
}

} // namespace rc
