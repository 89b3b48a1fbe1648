// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/incident_view_model.h"

#include "model/plan/plan_decisions.h"
#include "ui/console/plan_facts.h"
#include "ui/console/report_writing.h"
#include "ui/words/words.h"

#include <algorithm>
#include <utility>

namespace rc::ui {
namespace {

ProcedureRow rowOf(const Procedure& procedure)
{
    ProcedureRow row;
    row.key = procedure.id.text();
    row.name = procedure.name;
    row.description = procedure.description;
    row.risk = words(idOf(procedure.riskLevel));
    row.roles = rolesInWords(procedure.requiredRoles);
    row.estimateMs = procedure.estimatedDuration.count();
    row.steps = int(procedure.steps.size());
    QStringList approvals;
    for (const auto& step : procedure.steps) {
        for (const auto& approval : step.approvals) {
            const auto role = rolesInWords({approval.role});
            if (!approvals.contains(role)) {
                approvals.append(role);
            }
        }
    }
    row.approvals = approvals.join(", ");
    return row;
}

/// As typed: a number or a truth where the declaration wants one, else the text itself, which the model then judges.
QJsonValue typed(const ParameterDeclaration& declaration, const QString& text)
{
    bool whole = false;
    const auto number = text.toLongLong(&whole);
    if (declaration.type == ParameterType::Integer && whole) {
        return number;
    }
    if (declaration.type == ParameterType::Boolean && (text == "yes" || text == "no")) {
        return text == "yes";
    }
    if (declaration.type == ParameterType::SystemList) {
        QJsonArray systems;
        for (const auto& system : text.split(',', Qt::SkipEmptyParts)) {
            systems.append(system.trimmed());
        }
        return systems;
    }
    return text;
}

/// The other way round: a value as it is typed into its field.
QString typedText(const QJsonValue& value)
{
    if (value.isArray()) {
        return value.toVariant().toStringList().join(", ");
    }
    if (value.isBool()) {
        return value.toBool() ? QString("yes") : QString("no");
    }
    return value.toVariant().toString();
}

/// As it stands in its field, without the words "UTC".
QString shownTime(Timestamp time)
{
    return utc(time).chopped(4);
}

/// Nothing where the field is as it was shown; "now" is a time as well.
Result<std::optional<Timestamp>> typedTime(const QString& text, const QString& shown)
{
    const auto typed = text.trimmed();
    if (typed == shown) {
        return std::nullopt;
    }
    if (typed.compare(QLatin1StringView("now"), Qt::CaseInsensitive) == 0) {
        return systemTime();
    }
    const auto plain = QString(typed).replace(' ', 'T') + "Z";
    const auto time = fromRfc3339(typed) ? fromRfc3339(typed) : fromRfc3339(plain);
    return time ? Result<std::optional<Timestamp>>(time)
                : fail(ErrorCode::InvalidInput,
                       QString("'%1' is no time, expected one like 2026-11-23 03:00:00, or now.").arg(typed));
}

QList<SystemId> typedSystems(const QString& text)
{
    QList<SystemId> systems;
    for (const auto& part : text.split(',', Qt::SkipEmptyParts)) {
        if (const auto name = part.trimmed(); !name.isEmpty()) {
            systems.append(SystemId(name));
        }
    }
    return systems;
}

} // namespace

IncidentViewModel::IncidentViewModel(EngineThread& engine, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
{
}

void IncidentViewModel::setIncidentId(const QString& id)
{
    if (id == m_id.text()) {
        return;
    }
    m_id = IncidentId(id);
    m_procedure = {};
    m_chosen = false;
    m_gone.clear();
    m_given = {};
    m_trouble.clear();
    m_reportPath.clear();
    m_unread = false;
    m_procedures.clear();
    m_procedureRows.replace({});
    forgetPreview();
    showProcedure();
    readProcedures();
    show(m_sight);
}

QString IncidentViewModel::openPlan() const
{
    const auto open = std::ranges::find_if(m_sight.store.shownPlans, [this](const ShownPlan& shown) {
        return shown.plan.isOpen() && shown.plan.pins.incident.id == m_id;
    });
    return open == m_sight.store.shownPlans.end() ? QString() : open->plan.id.text();
}

void IncidentViewModel::setProcedure(const QString& id)
{
    m_procedure = ProcedureId(id);
    m_chosen = m_chosen || !m_procedure.isEmpty();
    m_gone.clear();
    m_given = {};
    forgetPreview();
    showProcedure();
    if (!m_procedure.isEmpty()) {
        preview();
    }
}

void IncidentViewModel::forgetPreview()
{
    ++m_asked;
    m_prepared.reset();
    m_refusal = "The plan is being prepared.";
}

void IncidentViewModel::judge()
{
    if (!m_sight.actor) {
        m_reason = "Sign in first.";
    } else if (m_id.isEmpty()) {
        m_reason = "Choose an incident.";
    } else if (m_procedure.isEmpty()) {
        m_reason = m_gone.isEmpty()
                       ? QString("Choose a procedure.")
                       : QString("Procedure '%1' is not among them any more. Choose a procedure.").arg(m_gone);
    } else if (!m_prepared) {
        m_reason = m_refusal;
    } else {
        const auto events = decide(*m_prepared, *m_sight.actor);
        m_reason = events ? QString() : events.error().message;
    }
}

void IncidentViewModel::show(const Sight& sight)
{
    const bool moved = sight.store.records != m_sight.store.records;
    m_sight = sight;
    judge();
    m_incident = {};
    OverviewViewModel::describe(sight, m_id, m_incident);
    describeClosing();
    if (moved) {
        readAgain();
        if (!m_procedure.isEmpty()) {
            preview();
        }
    }
    Q_EMIT changed();
}

void IncidentViewModel::showTime(const Sight& sight)
{
    m_sight = sight;
    describeClosing();
}

const Incident* IncidentViewModel::shownIncident() const
{
    const auto found = std::ranges::find(m_sight.store.incidents, m_id, &Incident::id);
    return found == m_sight.store.incidents.end() ? nullptr : &*found;
}

QString IncidentViewModel::closeReason() const
{
    const auto* incident = shownIncident();
    if (!incident || !m_sight.actor) {
        return incident ? QString("Sign in first.") : QString("Choose an incident.");
    }
    const auto may = mayClose(*incident, !openPlan().isEmpty(), *m_sight.actor);
    return may ? QString() : may.error().message;
}

void IncidentViewModel::describeClosing()
{
    const auto* incident = shownIncident();
    QStringList sentences;
    if (incident) {
        sentences.append("No plan can be started for it any more. It cannot be opened again.");
        const auto plan = std::ranges::find(m_sight.store.plans, m_id, &PlanStore::Summary::incident);
        sentences.append(
            plan == m_sight.store.plans.end()
                ? QString("No plan was ever started for it.")
                : QString("Its last plan, %1: %2.").arg(plan->id.text(), words(idOf(plan->status)).toLower()));
    }
    for (const auto& row : incident ? systemRows(m_sight) : QList<SystemRow>()) {
        if (incident->systems.contains(SystemId(row.key)) && !row.healthy) {
            sentences.append(QString("%1 is %2.").arg(row.name, row.stateText.toLower()));
        }
    }
    if (auto text = sentences.join(u' '); text != m_closeText) {
        m_closeText = std::move(text);
        Q_EMIT closeTextChanged();
    }
}

void IncidentViewModel::readAgain()
{
    // Where a plan is open none can be started, and nobody chooses.
    if (!m_id.isEmpty() && openPlan().isEmpty()) {
        readProcedures();
    }
}

void IncidentViewModel::readProcedures()
{
    m_reading = true;
    m_engine.ask([id = m_id](Engine& engine) { return engine.proceduresFor(id); })
        .then(this, [this, id = m_id](const Result<QList<Procedure>>& procedures) {
            if (id == m_id) {
                showProcedures(procedures);
            }
        });
}

void IncidentViewModel::showProcedures(const Result<QList<Procedure>>& procedures)
{
    m_reading = false;
    if (std::exchange(m_unread, !procedures.has_value()) && procedures) {
        m_trouble.clear();
    }
    if (!procedures) {
        // What was read before may still be right; the trouble says that it is not known.
        m_trouble = procedures.error().message;
        Q_EMIT changed();
        return;
    }
    const bool same = *procedures == m_procedures;
    const auto nameBefore = m_procedureRows.rows().value(m_procedureRows.indexOf(m_procedure.text())).name;
    m_procedures = *procedures;
    QList<ProcedureRow> rows;
    for (const auto& procedure : std::as_const(m_procedures)) {
        rows.append(rowOf(procedure));
    }
    m_procedureRows.replace(rows);
    if (!m_chosen) {
        setProcedure(rows.isEmpty() ? QString() : rows.first().key);
    } else if (m_procedure.isEmpty()) {
        // It stays a person's choice; the one that was gone may be back.
        const bool isBack = std::ranges::find(rows, m_gone, &ProcedureRow::name) != rows.end();
        m_gone = isBack ? QString() : m_gone;
        judge();
    } else if (m_procedureRows.indexOf(m_procedure.text()) < 0) {
        // Another in its place would be started by whoever does not look again.
        setProcedure({});
        m_gone = nameBefore;
        judge();
    } else if (!same) {
        forgetPreview();
        showProcedure();
        preview();
    }
    Q_EMIT changed();
}

QString IncidentViewModel::noProcedures() const
{
    return m_reading  ? QString("Looking …")
           : m_unread ? QString("Which procedures fit is not known: they cannot be read.")
                      : QString("No procedure fits this type of incident.");
}

QString IncidentViewModel::noSteps() const
{
    return m_reading ? QString("Looking …") : QString("No procedure is chosen.");
}

StartRequest IncidentViewModel::request() const
{
    StartRequest request;
    request.incident = m_id;
    request.procedure = m_procedure;
    request.parameters = m_given;
    return request;
}

void IncidentViewModel::preview()
{
    m_engine.ask([request = request()](Engine& engine) { return engine.preparePlan(request); })
        .then(this, [this, asked = ++m_asked](const Result<StartPlan>& prepared) {
            if (asked != m_asked) {
                return;
            }
            m_prepared = prepared ? std::optional(*prepared) : std::nullopt;
            m_refusal = prepared ? QString() : prepared.error().message;
            judge();
            Q_EMIT changed();
        });
}

void IncidentViewModel::showProcedure()
{
    const auto found = std::ranges::find(m_procedures, m_procedure, &Procedure::id);
    QList<StepRow> steps;
    QList<ParameterRow> parameters;
    if (found != m_procedures.end()) {
        Plan plan;
        plan.begin(*found);
        steps = stepRows({plan, {}, false}, m_sight.actor, m_sight.now);
        for (const auto& declared : found->parameters) {
            const auto value = m_given.contains(declared.id) ? m_given[declared.id] : declared.defaultValue;
            parameters.append({declared.id, words(declared.id), declared.description, QString(idOf(declared.type)),
                               declared.required, typedText(value)});
        }
    }
    m_steps.replace(steps);
    m_parameterRows.replace(parameters);
    judge();
    Q_EMIT changed();
}

void IncidentViewModel::setParameter(const QString& id, const QString& value)
{
    const auto found = std::ranges::find(m_procedures, m_procedure, &Procedure::id);
    const auto* declared = found == m_procedures.end() ? nullptr : found->parameter(id);
    if (!declared) {
        return;
    }
    auto given = m_given;
    if (value.trimmed().isEmpty()) {
        given.remove(id);
    } else {
        given[id] = typed(*declared, value.trimmed());
    }
    const auto valueIn = [&](const QJsonObject& object) {
        return object.contains(id) ? object[id] : declared->defaultValue;
    };
    if (valueIn(given) == valueIn(m_given)) {
        return;
    }
    m_given = given;
    forgetPreview();
    showProcedure();
    preview();
}

void IncidentViewModel::startPlan()
{
    auto asked = request();
    asked.planHash = planHash();
    m_busy = true;
    m_trouble.clear();
    Q_EMIT changed();
    m_engine.ask([asked](Engine& engine) { return engine.startPlan(asked); })
        .then(this, [this, id = m_id](const Result<Plan>& plan) {
            m_busy = false;
            if (id == m_id) {
                m_trouble = plan ? QString() : plan.error().message;
            }
            Q_EMIT changed();
            if (plan) {
                Q_EMIT started(plan->id.text());
            }
        });
}

QString IncidentViewModel::compromisedSince() const
{
    const auto* incident = shownIncident();
    return incident ? shownTime(incident->compromisedSince) : QString();
}

QString IncidentViewModel::containedAt() const
{
    const auto* incident = shownIncident();
    return incident && incident->containedAt ? shownTime(*incident->containedAt) : QString();
}

QString IncidentViewModel::amendReason() const
{
    const auto* incident = shownIncident();
    if (!incident || !m_sight.actor) {
        return incident ? QString("Sign in first.") : QString("Choose an incident.");
    }
    if (incident->status == IncidentStatus::Closed) {
        return "It is closed.";
    }
    // Times that are wrong are what may be changed.
    const auto may =
        mayOpen(*incident, *m_sight.actor,
                std::max({m_sight.now, incident->compromisedSince, incident->containedAt.value_or(Timestamp())}));
    return may ? QString() : may.error().message;
}

int IncidentViewModel::amend(const QString& incident, const QString& title, const QString& since,
                             const QString& contained, const QString& systems, const QString& reason)
{
    const auto altered = typedTime(since, compromisedSince());
    const auto ended = typedTime(contained, containedAt());
    IncidentAmendment amendment;
    if (title.trimmed() != m_incident.title) {
        amendment.title = title.trimmed();
    }
    if (const auto typed = typedSystems(systems); typed != typedSystems(m_incident.systems)) {
        amendment.systems = typed;
    }
    if (!altered || !ended) {
        const int act = ++m_lastAct;
        const auto refusal = (!altered ? altered.error() : ended.error()).message;
        QMetaObject::invokeMethod(this, [this, act, refusal] { Q_EMIT answered(act, refusal); }, Qt::QueuedConnection);
        return act;
    }
    amendment.compromisedSince = *altered;
    amendment.containedAt = *ended;
    return change(IncidentId(incident), [amendment, reason](Engine& engine, const IncidentId& id) {
        return engine.amendIncident(id, amendment, reason);
    });
}

int IncidentViewModel::close(const QString& incident, const QString& reason)
{
    return change(IncidentId(incident),
                  [reason](Engine& engine, const IncidentId& id) { return engine.closeIncident(id, reason); });
}

template <class Act>
int IncidentViewModel::change(const IncidentId& incident, Act how)
{
    const int act = ++m_lastAct;
    m_busy = true;
    m_trouble.clear();
    Q_EMIT changed();
    m_engine.ask([id = incident, how](Engine& engine) { return how(engine, id); })
        .then(this, [this, act, id = incident](const Result<Incident>& changed) {
            // It may be there before this function returns: whoever asked has to know the number of the act first.
            const auto refusal = changed ? QString() : changed.error().message;
            QMetaObject::invokeMethod(
                this, [this, act, id, refusal] { endChange(act, id, refusal); }, Qt::QueuedConnection);
        });
    return act;
}

void IncidentViewModel::endChange(int act, const IncidentId& incident, const QString& refusal)
{
    m_busy = false;
    if (incident == m_id) {
        m_trouble = refusal;
    }
    Q_EMIT changed();
    Q_EMIT answered(act, refusal);
}

void IncidentViewModel::clearTrouble()
{
    m_trouble.clear();
    Q_EMIT changed();
}

void IncidentViewModel::writeReport()
{
    m_busy = true;
    m_trouble.clear();
    m_reportPath.clear();
    Q_EMIT changed();
    written(m_engine.ask([id = m_id](Engine& engine) { return engine.reportOnIncident(id); }), m_sight, m_id.text())
        .then(this, [this, id = m_id](const Result<QString>& path) {
            m_busy = false;
            if (id == m_id) {
                (path ? m_reportPath : m_trouble) = path ? *path : path.error().message;
            }
            Q_EMIT changed();
        });
}

void IncidentViewModel::clearReport()
{
    m_reportPath.clear();
    Q_EMIT changed();
}

} // namespace rc::ui
