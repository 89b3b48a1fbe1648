// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/row_model.h"
#include "ui/console/guidance.h"

namespace rc::ui {

/// Something that can be done with the step that is looked at.
class OfferRow
{
    Q_GADGET
    QML_VALUE_TYPE(offerRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(rc::ui::Deed::Value deed MEMBER deed FINAL)
    /// On the button; with "…" where something is asked before.
    Q_PROPERTY(QString text MEMBER text FINAL)
    /// The key that does it while the checklist has the focus: "R", "Space".
    Q_PROPERTY(QString letter MEMBER letter FINAL)
    /// Why this person cannot do it; empty when they can.
    Q_PROPERTY(QString reason MEMBER reason FINAL)
    /// What was done is lost, or done without.
    Q_PROPERTY(bool danger MEMBER danger FINAL)

public:
    QString key;
    Deed::Value deed = Deed::Nothing;
    QString text;
    QString letter;
    QString reason;
    bool danger = false;

    friend bool operator==(const OfferRow&, const OfferRow&) = default;
};

/// What the state of the step allows, whoever may do it, in the order in which people are likely to want it.
[[nodiscard]] QList<OfferRow> offersFor(const ShownPlan& shown, qsizetype index, const std::optional<Actor>& actor,
                                        Timestamp now);

} // namespace rc::ui
