// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/step_view_model.h"

#include "backend/documents/yaml_scalar.h"
#include "model/plan/plan_decisions.h"
#include "ui/console/plan_facts.h"
#include "ui/console/step_words.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
namespace {

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

void StepViewModel::show(const Sight& sight, const ShownPlan* shown, qsizetype index, const StepRow& row)
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
    m_undoRadius = there ? ui::undoRadius(sight, shown->plan, index) : QString();
    m_doingWithout = there ? ui::doingWithout(shown->plan, index) : QString();
    m_goingOn = there ? ui::goingOn(sight, *shown, index) : QString();
    showFacts(there ? factsOf(shown->plan, index) : QList<FactRow>());
    m_offers.replace(there ? offersFor(*shown, index, sight.actor, sight.now) : QList<OfferRow>());
    m_wanted.replace(there ? wantedBy(shown->plan.procedure.steps[index]) : QList<WantedRow>());
    m_forWhom = row.roles.isEmpty()
                    ? QString()
                    : (isForMe() ? QString("You may do it: ") : QString("It is for: ")) + row.roles + ".";
    showRow(row);
    Q_EMIT changed();
}

bool StepViewModel::isForMe() const
{
    static const QList<Deed::Value> work{Deed::Tick, Deed::RunStep, Deed::Retry, Deed::StopStep, Deed::Settle};
    return std::ranges::any_of(
        m_offers.rows(), [](const OfferRow& offer) { return offer.reason.isEmpty() && work.contains(offer.deed); });
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
                m_blastRadius = "Which systems it touches is not known.";
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
    m_blastRadius = preview["systems"].isArray() ? radiusOf(systems, needing)
                                                 : QString("Which systems it touches is not known yet.");
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
