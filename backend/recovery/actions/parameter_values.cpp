// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/parameter_values.h"

#include "backend/chain/secret.h"

namespace rc {
namespace {

Result<QString> secretIn(const QJsonObject& reference, const QString& what, Redaction& redaction)
{
    const auto secret = readSecret(reference["secret"].toString());
    if (!secret) {
        return std::unexpected(secret.error());
    }
    if (secret->isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    QString("%1: the secret %2 is empty.").arg(what, reference["secret"].toString()));
    }
    redaction.add(*secret);
    return QString::fromUtf8(*secret);
}

} // namespace

Result<QString> textIn(const QJsonValue& value, const QString& what)
{
    if (!value.isString() && !value.isDouble() && !value.isBool()) {
        return fail(ErrorCode::InvalidInput, QString("%1 has no value that could be written as text.").arg(what));
    }
    QString text = value.isString() ? value.toString() : value.toVariant().toString();
    if (text.contains(QChar::Null)) {
        return fail(ErrorCode::InvalidInput, QString("%1 contains a NUL character.").arg(what));
    }
    return text;
}

Result<QStringList> textsIn(const QJsonValue& value, const QString& what)
{
    QStringList texts;
    for (const QJsonValue entry : value.toArray()) {
        const QJsonArray several = entry.isArray() ? entry.toArray() : QJsonArray{entry};
        for (const QJsonValue one : several) {
            const auto text = textIn(one, what);
            if (!text) {
                return std::unexpected(text.error());
            }
            texts.append(*text);
        }
    }
    return texts;
}

Status claimsKnownSystems(const QJsonObject& parameters, const Inventory& inventory)
{
    const auto systems = idsFromJson<SystemId>(parameters["systems"]);
    for (const auto& system : systems) {
        if (!inventory.find(system)) {
            return fail(ErrorCode::NotFound, QString("There is no system %1 in the inventory.").arg(system.text()));
        }
    }
    return {};
}

QString namesOf(const QJsonObject& values)
{
    QStringList names;
    for (auto value = values.begin(); value != values.end(); ++value) {
        names.append(value.key() + (value.value().isObject() ? QString(" (secret)") : QString()));
    }
    return names.join(", ");
}

Result<NamedValues> namedValuesIn(const QJsonObject& values, const QString& what)
{
    NamedValues named;
    for (auto value = values.begin(); value != values.end(); ++value) {
        const auto name = QString("%1 %2").arg(what, value.key());
        const auto text = value.value().isObject() ? secretIn(value.value().toObject(), name, named.redaction)
                                                   : textIn(value.value(), name);
        if (!text) {
            return std::unexpected(text.error());
        }
        named.values.insert(value.key(), *text);
    }
    return named;
}

} // namespace rc
