// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/desk/desk_view.h"
#include "model/people/actor.h"

#include <QObject>
#include <QQmlEngine>

namespace rc::ui {

/// Why this person cannot do something with a plan as a whole, each in the model's words; empty where they can.
class PlanRefusals
{
    Q_GADGET
    QML_VALUE_TYPE(planRefusals)
    Q_PROPERTY(QString note MEMBER note FINAL)
    Q_PROPERTY(QString handOver MEMBER handOver FINAL)
    Q_PROPERTY(QString takeOver MEMBER takeOver FINAL)
    Q_PROPERTY(QString pause MEMBER pause FINAL)
    Q_PROPERTY(QString abort MEMBER abort FINAL)

public:
    QString note;
    QString handOver;
    QString takeOver;
    QString pause;
    QString abort;

    friend bool operator==(const PlanRefusals&, const PlanRefusals&) = default;
};

[[nodiscard]] PlanRefusals refusalsOf(const Plan& plan, const std::optional<Actor>& actor, Timestamp now);

/// What an abort ends, what is stopped for it, and what stays changed; lines.
[[nodiscard]] QString abortText(const Plan& plan);
/// What stopping the work in good order means: what is told to end, and what does not; a sentence or two.
[[nodiscard]] QString stopText(const Plan& plan);

} // namespace rc::ui
