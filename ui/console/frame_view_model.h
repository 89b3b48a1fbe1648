// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/engine_thread.h"
#include "ui/base/row_model.h"
#include "ui/console/guidance.h"
#include "ui/console/sight.h"
#include "ui/console/step_row.h"

#include <tuple>

namespace rc::ui {

/// What stands around every page: which network this is, how it is, where the plan is, what time it is, and what is to
/// be done next.
class FrameViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    /// The plan that the window shows now; empty for none. It says which network this is, before any other.
    Q_PROPERTY(QString pagePlan READ pagePlan WRITE setPagePlan NOTIFY changed FINAL)
    Q_PROPERTY(QString network READ network NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::FrameViewModel::Band band READ band NOTIFY changed FINAL)
    /// Nothing real is at stake; what nobody knows is not given out as that.
    Q_PROPERTY(bool practice READ practice NOTIFY changed FINAL)
    /// "LIVE  ·  orbit".
    Q_PROPERTY(QString bandText READ bandText NOTIFY changed FINAL)
    /// Of the window: the plan and the program, and whether it is a rehearsal.
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    /// "1 unhealthy · 5 healthy"; how old that is when it is too old to be believed.
    Q_PROPERTY(QString systemsText READ systemsText NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::Tone::Value systemsTone READ systemsTone NOTIFY changed FINAL)
    /// Id of the plan that the frame is about; empty without an open one.
    Q_PROPERTY(QString planId READ planId NOTIFY changed FINAL)
    /// "PLAN-1 · step 2 of 5 · 3 min 10 s"; with LIVE before it where the band speaks of a rehearsal on the page, and
    /// with "and 2 more open" behind it where it is not the only one.
    Q_PROPERTY(QString planText READ planText NOTIFY ticked FINAL)
    Q_PROPERTY(rc::ui::Guidance guidance READ guidance NOTIFY changed FINAL)
    /// The incident that waits for a plan, the worst of several; empty while a plan is open, or where there is none.
    Q_PROPERTY(QString waitingIncident READ waitingIncident NOTIFY changed FINAL)
    /// Local time, to the second.
    Q_PROPERTY(QString clock READ clock NOTIFY ticked FINAL)
    Q_PROPERTY(QString person READ person NOTIFY changed FINAL)
    /// What they have for a time only, and until when: "Break-glass: protocol lead until 07:00"; empty for nothing.
    Q_PROPERTY(QString borrowed READ borrowed NOTIFY changed FINAL)
    Q_PROPERTY(QString storeText READ storeText NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::Tone::Value storeTone READ storeTone NOTIFY changed FINAL)

public:
    enum Band {
        /// Neither a plan nor an inventory says what this is.
        NoNetwork,
        Live,
        Practice,
        /// The plan in hand is a rehearsal.
        Rehearsal,
    };
    Q_ENUM(Band)

    using QObject::QObject;

    [[nodiscard]] QString pagePlan() const { return m_pagePlan.text(); }
    void setPagePlan(const QString& id);
    [[nodiscard]] QString network() const;
    [[nodiscard]] Band band() const;
    [[nodiscard]] bool practice() const { return band() == Practice || band() == Rehearsal; }
    [[nodiscard]] QString bandText() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString systemsText() const;
    [[nodiscard]] Tone::Value systemsTone() const;
    [[nodiscard]] QString planId() const;
    [[nodiscard]] QString planText() const;
    [[nodiscard]] Guidance guidance() const { return m_guidance; }
    [[nodiscard]] QString waitingIncident() const { return m_waiting.text(); }
    [[nodiscard]] QString clock() const;
    [[nodiscard]] QString person() const;
    [[nodiscard]] QString borrowed() const;
    [[nodiscard]] QString storeText() const;
    [[nodiscard]] Tone::Value storeTone() const;

    void show(const Sight& sight);

Q_SIGNALS:
    /// Something is other than it was, apart from what counts the seconds.
    void changed();
    void ticked();

private:
    /// What is next while no plan is open.
    [[nodiscard]] Guidance withoutPlan() const;
    /// All that is read when `changed` says so.
    using Facts = std::tuple<QString, Band, QString, QString, Tone::Value, QString, Guidance, QString, QString, QString,
                             Tone::Value>;
    [[nodiscard]] Facts facts() const;
    [[nodiscard]] static Band bandOf(const PlanPins& pins);
    [[nodiscard]] static QString nameOf(Band band);
    /// Who is signed in, as the store knows them; null for nobody.
    [[nodiscard]] const Operator* personHere() const;
    /// The plan that says what this is: the one on the page, or else the urgent one.
    [[nodiscard]] const ShownPlan* planInHand() const;

    Sight m_sight;
    PlanId m_pagePlan;
    IncidentId m_waiting;
    Guidance m_guidance;
    Facts m_facts;
};

} // namespace rc::ui
