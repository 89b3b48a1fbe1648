// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/engine_thread.h"
#include "ui/console/sight.h"
#include "ui/console/step_offers.h"
#include "ui/console/step_row.h"

namespace rc::ui {

/// A label and what stands behind it: a parameter, a result, an artifact, an approval.
class FactRow
{
    Q_GADGET
    QML_VALUE_TYPE(factRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString label MEMBER label FINAL)
    Q_PROPERTY(QString value MEMBER value FINAL)

public:
    QString key;
    QString label;
    QString value;
    /// Of the kept file that stands behind it; empty for most.
    QString sha256 = {};

    friend bool operator==(const FactRow&, const FactRow&) = default;
};

/// What a person has to bring when a step by hand is done: a value that it hands on to later steps, or evidence.
class WantedRow
{
    Q_GADGET
    QML_VALUE_TYPE(wantedRow)
    /// The name of the output, or the id of the evidence.
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString label MEMBER label FINAL)
    /// What is expected there: "a number from 3 to 5", "64 hex digits".
    Q_PROPERTY(QString hint MEMBER hint FINAL)
    Q_PROPERTY(bool isFile MEMBER isFile FINAL)

public:
    QString key;
    QString label;
    QString hint;
    bool isFile = false;
    /// Nothing: an output.
    std::optional<EvidenceKind> evidence = {};

    friend bool operator==(const WantedRow&, const WantedRow&) = default;
};

/// What an action would do to a system.
class EffectRow
{
    Q_GADGET
    QML_VALUE_TYPE(effectRow)
    Q_PROPERTY(QString key MEMBER key FINAL)
    Q_PROPERTY(QString system MEMBER system FINAL)
    Q_PROPERTY(QString what MEMBER what FINAL)
    /// Line by line, with + and -; empty where nothing is compared.
    Q_PROPERTY(QString diff MEMBER diff FINAL)

public:
    QString key;
    QString system;
    QString what;
    QString diff;

    friend bool operator==(const EffectRow&, const EffectRow&) = default;
};

/// The step of a plan that is looked at: what it is, what is known of it, what can be done with it, what it wants of
/// people, and, on demand, what it would do.
class StepViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the console.")
    /// As in the checklist.
    Q_PROPERTY(rc::ui::StepRow row READ row NOTIFY rowChanged FINAL)
    Q_PROPERTY(QString description READ description NOTIFY changed FINAL)
    /// Why it stands where it stands: what it comes after, and what waits for it.
    Q_PROPERTY(QString place READ place NOTIFY changed FINAL)
    /// "You may do it: node operator." while this person can act on it, or else whom it is for.
    Q_PROPERTY(QString forWhom READ forWhom NOTIFY changed FINAL)
    /// What starting it means for good: whether, and until when, it can be taken back.
    Q_PROPERTY(QString consequence READ consequence NOTIFY changed FINAL)
    /// What undoing it would do; empty where it cannot be undone.
    Q_PROPERTY(QString takingBack READ takingBack NOTIFY changed FINAL)
    /// The systems that undoing it touches, and those that need them; sentences, empty where it touches none.
    Q_PROPERTY(QString undoRadius READ undoRadius NOTIFY changed FINAL)
    /// What doing without it means for the plan; empty where that cannot be.
    Q_PROPERTY(QString doingWithout READ doingWithout NOTIFY changed FINAL)
    /// What starts at once when it is let go on; empty where it is not put off.
    Q_PROPERTY(QString goingOn READ goingOn NOTIFY changed FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* facts READ facts CONSTANT FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* offers READ offers CONSTANT FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* wanted READ wanted CONSTANT FINAL)
    /// What it would do now, after lookAhead(): a sentence, or why that cannot be said.
    Q_PROPERTY(QString ahead READ ahead NOTIFY aheadChanged FINAL)
    /// That is still being found out.
    Q_PROPERTY(bool looking READ looking NOTIFY aheadChanged FINAL)
    Q_PROPERTY(rc::ui::RowModelBase* effects READ effects CONSTANT FINAL)
    /// The systems that it touches, and those that need them; sentences.
    Q_PROPERTY(QString blastRadius READ blastRadius NOTIFY aheadChanged FINAL)
    /// What has to be typed before something that cannot be taken back: the name of the one system that it touches, or
    /// of the step. Empty while that is not known.
    Q_PROPERTY(QString nameToType READ nameToType NOTIFY aheadChanged FINAL)

public:
    explicit StepViewModel(EngineThread& engine, QObject* parent = nullptr)
        : QObject(parent)
        , m_engine(engine)
    {
    }

    [[nodiscard]] StepRow row() const { return m_row; }
    [[nodiscard]] QString description() const { return m_description; }
    [[nodiscard]] QString place() const { return m_place; }
    [[nodiscard]] QString forWhom() const { return m_forWhom; }
    [[nodiscard]] QString consequence() const { return m_consequence; }
    [[nodiscard]] QString takingBack() const { return m_takingBack; }
    [[nodiscard]] QString undoRadius() const { return m_undoRadius; }
    [[nodiscard]] QString doingWithout() const { return m_doingWithout; }
    [[nodiscard]] QString goingOn() const { return m_goingOn; }
    [[nodiscard]] RowModelBase* facts() { return &m_facts; }
    [[nodiscard]] RowModelBase* offers() { return &m_offers; }
    [[nodiscard]] RowModelBase* wanted() { return &m_wanted; }
    [[nodiscard]] QString ahead() const { return m_ahead; }
    [[nodiscard]] bool looking() const { return m_looking; }
    [[nodiscard]] RowModelBase* effects() { return &m_effects; }
    [[nodiscard]] QString blastRadius() const { return m_blastRadius; }
    [[nodiscard]] QString nameToType() const { return m_nameToType; }

    /// Shows the step of a plan of the sight at `index`; nothing for -1.
    void show(const Sight& sight, const ShownPlan* shown, qsizetype index, const StepRow& row);
    /// The row alone, which counts seconds.
    void showRow(const StepRow& row);

    /// The act behind a key; Deed.Nothing where there is none.
    Q_INVOKABLE rc::ui::Deed::Value deedOf(const QString& letter) const;
    /// Finds out what it would do now; touches nothing.
    Q_INVOKABLE void lookAhead();
    /// The completion that goes with what was brought for `wanted`, in its order.
    [[nodiscard]] std::pair<CompleteStep, QList<EvidenceFile>> completion(bool success, const QString& note,
                                                                          const QStringList& brought) const;

Q_SIGNALS:
    void rowChanged();
    void changed();
    void aheadChanged();

private:
    /// The one who is signed in can do the step, or go on with it, now.
    [[nodiscard]] bool isForMe() const;
    void forgetAhead();
    /// The facts, with what was found of the files of evidence among them.
    void showFacts(const QList<FactRow>& facts);
    void lookAtFiles();
    void showAhead(const QJsonObject& preview);

    EngineThread& m_engine;
    PlanId m_plan;
    StepId m_step;
    StepRow m_row;
    QString m_description;
    QString m_place;
    QString m_forWhom;
    QString m_consequence;
    QString m_takingBack;
    QString m_undoRadius;
    QString m_doingWithout;
    QString m_goingOn;
    RowModel<FactRow> m_facts;
    /// As the plan has them.
    QList<FactRow> m_plainFacts;
    /// The files among them that were asked for last, and what was found.
    QStringList m_files;
    QHash<QString, EvidenceState> m_found;
    RowModel<OfferRow> m_offers;
    RowModel<WantedRow> m_wanted;
    QString m_ahead;
    bool m_looking = false;
    RowModel<EffectRow> m_effects;
    QString m_blastRadius;
    QString m_nameToType;
};

} // namespace rc::ui
