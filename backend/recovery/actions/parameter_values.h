// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/redaction.h"
#include "model/base/error.h"
#include "model/base/id.h"
#include "model/system/inventory.h"

#include <QMap>

/// What the parameters of `command`, `http_request` and `notify` share, once their references are resolved. A file is
/// checked by its schema; what a reference has put in its place is checked here. Every error is InvalidInput.
namespace rc {

/// A text, or a number or a truth written out.
[[nodiscard]] Result<QString> textIn(const QJsonValue& value, const QString& what);
/// The same of each entry; a list among them, as from `${incident.systems}`, stands for its entries.
[[nodiscard]] Result<QStringList> textsIn(const QJsonValue& value, const QString& what);

/// NotFound if the inventory lacks one of the `systems` that the parameters claim.
[[nodiscard]] Status claimsKnownSystems(const QJsonObject& parameters, const Inventory& inventory);

/// The names of values, those that are secrets marked: `HOME, TOKEN (secret)`.
[[nodiscard]] QString namesOf(const QJsonObject& values);

/// Values by name, each a text or `{secret: "file:PATH"}`, `{secret: "env:NAME"}`.
struct NamedValues
{
    QMap<QString, QString> values;
    /// Knows the secrets among them.
    Redaction redaction;
};
/// Reads the secrets. Also the errors of readSecret(); InvalidInput for an empty one.
[[nodiscard]] Result<NamedValues> namedValuesIn(const QJsonObject& values, const QString& what);

} // namespace rc
