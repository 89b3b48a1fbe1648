// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/step_view_model.h"

#include "backend/documents/yaml_scalar.h"
#include "model/plan/plan_decisions.h"
#include "ui/console/plan_facts.h"
#include "ui/words/words.h"

namespace rc::ui {
namespace {

QString namesOf(const Plan& plan, const QList<StepId>& ids)
{
    QStringList names;
    for (const auto& id : ids) {
        names.append("“" + plan.procedure.steps[plan.indexOf(id)].name + "”");
    }
    return names.join(", ");
}

QString placeOf(const Plan& plan, qsizetype index)
{
    QList<StepId> later;
    for (const int dependent : plan.dependencies().dependentsOf(int(index))) {
        later.append(plan.procedure.steps[dependent].id);
    }
    const auto& after = plan.procedure.steps[index].after;
    const QString before = after.isEmpty() ? QString("It needs no other step.") : "After " + namesOf(plan, after) + ".";
    return later.isEmpty() ? before : before + " Before " + namesOf(plan, later) + ".";
}

QString consequenceOf(const Plan& plan, qsizetype index)
{
    const auto& procedure = plan.procedure;
    const auto& step = procedure.steps[index];
    if (step.isFinal()) {
        return "Once it has been started, it cannot be taken back.";
    }
    QStringList sentences;
    if (plan.isPointOfNoReturn(index)) {
        sentences.append("Once it has been started, what was done before it cannot be taken back.");
    }
    const auto until = plan.indexOf(step.reversibleUntil);
    sentences.append(step.reversibility == Reversibility::ReversibleUntil && until >= 0
                         ? "It can be taken back until “" + procedure.steps[until].name + "” is started."
                         : QString("By its procedure it can be taken back."));
    return sentences.join(u' ');
}

QString withoutIt(const Plan& plan, qsizetype index)
{
    if (!maySkip(plan, index)) {
        return {};
    }
    const auto with = skippedWith(plan, plan.procedure.steps[index].id);
    return with.isEmpty() ? QString("The plan goes on as if it had been done.")
                          : "The plan goes on without " + namesOf(plan, with) + " too, which needs its result.";
}

QString hintFor(const EvidenceRequirement& wanted)
{
    const QString may = wanted.required ? QString() : QString(", may be left out");
    switch (wanted.kind) {
    case EvidenceKind::File:
        return "a file, kept with its hash" + may;
    case EvidenceKind::Figure:
        return QString("a number %1").arg(wanted.range()).trimmed() + may;
    case EvidenceKind::Hash:
        return "64 hex digits" + may;
    case EvidenceKind::Text:
        break;
    }
    return "a text" + may;
}

QList<WantedRow> wantedBy(const Step& step)
{
    QList<WantedRow> rows;
    for (const auto& output : step.outputs) {
        rows.append({output, output, "handed on to later steps", false, {}});
    }
    for (const auto& wanted : step.evidence) {
        rows.append({wanted.id, wanted.label, hintFor(wanted), wanted.kind == EvidenceKind::File, wanted.kind});
    }
    return rows;
}

} // namespace

void StepViewModel::show(const ShownPlan* shown, qsizetype index, const StepRow& row, const std::optional<Actor>& actor,
                         Timestamp now)
{
    const bool there = shown && index >= 0;
    const auto plan = there ? shown->plan.id : PlanId();
    const auto step = there ? shown->plan.procedure.steps[index].id : StepId();
    if (plan != m_plan || step != m_step) {
        m_plan = plan;
        m_step = step;
        m_files.clear();
        forgetAhead();
    }
    m_description = there ? shown->plan.procedure.steps[index].description : QString();
    m_place = there ? placeOf(shown->plan, index) : QString();
    m_consequence = there ? consequenceOf(shown->plan, index) : QString();
    m_takingBack = there && mayUndo(shown->plan, index) ? shown->plan.captureOf(index).how : QString();
    m_doingWithout = there ? withoutIt(shown->plan, index) : QString();
    showFacts(there ? factsOf(shown->plan, index) : QList<FactRow>());
    m_offers.replace(there ? offersFor(*shown, index, actor, now) : QList<OfferRow>());
    m_wanted.replace(there ? wantedBy(shown->plan.procedure.steps[index]) : QList<WantedRow>());
    showRow(row);
    Q_EMIT changed();
}

void StepViewModel::showFacts(const QList<FactRow>& facts)
{
    m_plainFacts = facts;
    QStringList files;
    auto rows = facts;
    for (auto& row : rows) {
        if (!row.sha256.isEmpty()) {
            files.append(row.sha256);
        }
        if (const auto trouble = troubleWith(m_found.value(row.sha256)); !trouble.isEmpty()) {
            row.value += ". " + trouble;
        }
    }
    m_facts.replace(rows);
    if (files != m_files) {
        m_files = files;
        lookAtFiles();
    }
}

void StepViewModel::lookAtFiles()
{
    if (m_files.isEmpty()) {
        return;
    }
    m_engine.ask([files = m_files](Engine& engine) { return engine.lookAtEvidence(files); })
        .then(this, [this, files = m_files](const QHash<QString, EvidenceState>& found) {
            if (files == m_files) {
                m_found = found;
                showFacts(m_plainFacts);
            }
        });
}

void StepViewModel::showRow(const StepRow& row)
{
    if (row != m_row) {
        m_row = row;
        Q_EMIT rowChanged();
    }
}

Deed::Value StepViewModel::deedOf(const QString& letter) const
{
    for (const auto& offer : m_offers.rows()) {
        if (!letter.isEmpty() && offer.letter == letter && offer.reason.isEmpty()) {
            return offer.deed;
        }
    }
    return Deed::Nothing;
}

void StepViewModel::forgetAhead()
{
    m_looking = false;
    m_ahead.clear();
    m_effects.replace({});
    m_blastRadius.clear();
    m_nameToType.clear();
    Q_EMIT aheadChanged();
}

void StepViewModel::lookAhead()
{
    forgetAhead();
    m_looking = true;
    Q_EMIT aheadChanged();
    m_engine.ask([plan = m_plan, step = m_step](Engine& engine) { return engine.previewStep(plan, step); })
        .then(this, [this, plan = m_plan, step = m_step](const Result<QJsonObject>& preview) {
            if (plan != m_plan || step != m_step || !m_looking) {
                return; // another step is looked at
            }
            m_looking = false;
            if (preview) {
                showAhead(*preview);
            } else {
                m_ahead = "What it would do cannot be said: " + preview.error().message;
                m_nameToType = m_step.text();
            }
            Q_EMIT aheadChanged();
        });
}

void StepViewModel::showAhead(const QJsonObject& preview)
{
    const auto touched = preview["systems"].toArray();
    QStringList systems;
    for (const QJsonValue system : touched) {
        systems.append(system.toString());
    }
    QStringList needing;
    for (const QJsonValue system : preview["dependents"].toArray()) {
        needing.append(system.toString());
    }
    m_nameToType = systems.size() == 1 ? systems.first() : m_step.text();
    m_blastRadius = systems.isEmpty() ? QString("It touches no system.") : "It touches " + systems.join(", ") + ".";
    if (!needing.isEmpty()) {
        m_blastRadius += QString(" What needs %1, directly or not: %2.")
                             .arg(systems.size() == 1 ? QString("it") : QString("them"), needing.join(", "));
    }
    m_ahead = preview["description"].toString();
    if (preview["would_fail"].isString()) {
        m_ahead = "As things are now it would fail: " + preview["would_fail"].toString();
    } else if (preview["undetermined"].isString()) {
        m_ahead = "Not settled yet: " + preview["undetermined"].toString();
    }
    QList<EffectRow> rows;
    for (const QJsonValue effect : preview["effects"].toArray()) {
        rows.append({QString::number(rows.size()), effect["system"].toString(), effect["what"].toString(),
                     effect["diff"].toString().trimmed()});
    }
    m_effects.replace(rows);
}

std::pair<CompleteStep, QList<EvidenceFile>> StepViewModel::completion(bool success, const QString& note,
                                                                       const QStringList& brought) const
{
    std::pair<CompleteStep, QList<EvidenceFile>> all{{m_step, {success, note, {}, {}, {}}, note, {}}, {}};
    auto& [command, files] = all;
    for (qsizetype i = 0; i < m_wanted.rows().size() && i < brought.size(); ++i) {
        const auto& wanted = m_wanted.rows()[i];
        const auto text = brought[i].trimmed();
        if (text.isEmpty()) {
            continue;
        }
        if (!wanted.evidence) {
            command.result.fields.insert(wanted.key, plainScalar(text).value_or(text));
        } else if (wanted.isFile) {
            files.append({wanted.key, text});
        } else {
            command.evidence.append(
                QJsonObject{{"id", wanted.key}, {"kind", QString(idOf(*wanted.evidence))}, {"value", text}});
        }
    }
    return all;
}

} // namespace rc::ui
