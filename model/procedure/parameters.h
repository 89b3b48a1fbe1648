// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/procedure/procedure.h"

#include <functional>

namespace rc {

/// A `${...}` reference in a parameter (product rule 11): what a procedure may ask for instead of naming systems or
/// heights.
struct Reference
{
    enum class Scope {
        /// `${incident.systems}`, `.id`, `.type`, `.compromised_since`, `.contained_at`
        Incident,
        /// `${plan.params.NAME}`
        PlanParameter,
        /// `${steps.STEP.result.FIELD}`
        StepResult,
    };
    Scope scope = Scope::Incident;
    StepId step;
    QString name;

    friend bool operator==(const Reference&, const Reference&) = default;
};

/// Reads the inside of `${...}`; nothing if it is none of the three forms.
[[nodiscard]] std::optional<Reference> parseReference(QStringView text);

/// A reference (or broken `${...}` text) and where it stands below the parameters.
struct FoundReference
{
    QString pointer;
    QString text;
    std::optional<Reference> reference;
};
[[nodiscard]] QList<FoundReference> referencesIn(const QJsonValue& value, const QString& pointer);

/// Gives the value a reference stands for, or the sentence why there is none yet.
using ReferenceLookup = std::function<Result<QJsonValue>(const Reference&)>;

/// Replaces every reference. A string that is one reference takes the value with its type; a reference inside a longer
/// string is written out. Fails with InvalidInput (or the lookup's error) and changes nothing otherwise.
[[nodiscard]] Result<QJsonObject> resolveParameters(const QJsonObject& parameters, const ReferenceLookup& lookup);

/// Checks `given` (text from the command line, or typed JSON) against the declarations: unknown name, missing, wrong
/// type. The result holds every declared parameter, defaults and nulls filled in.
[[nodiscard]] Result<QJsonObject> typedParameters(const QList<ParameterDeclaration>& declarations,
                                                  const QJsonObject& given);

} // namespace rc
