// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/step_effect.h"

namespace rc::effect {
namespace {

void setAside(StepRecord& record)
{
    record.earlierEffects.append({record.capture, record.parameters, record.systems, record.effectIsWhole});
    record.capture.reset();
    record.hasEffect = false;
    record.effectIsWhole = false;
}

void dropLatest(StepRecord& record)
{
    record.capture.reset();
    record.hasEffect = !record.earlierEffects.isEmpty();
    record.effectIsWhole = false;
    if (record.hasEffect) {
        const auto latest = record.earlierEffects.takeLast();
        record.capture = latest.capture;
        record.parameters = latest.parameters;
        record.systems = latest.systems;
        record.effectIsWhole = latest.isWhole;
    }
}

/// What the attempt under way has done is nothing; what stood before it stands.
void dropOwn(StepRecord& record)
{
    if (!record.effectIsEarlier) {
        dropLatest(record);
    }
}

/// The attempt under way has found that it changes nothing, while something stands that was done before it.
bool changesNothing(const StepRecord& record)
{
    return !record.earlierEffects.isEmpty() && record.capture && record.capture->kind == Capture::Kind::NoEffect;
}

} // namespace

void begin(StepRecord& record, const Step& step, const StepStarted& intent)
{
    const bool findsTheSame = record.capture && !record.effectIsWhole && record.parameters == intent.parameters &&
                              record.systems == intent.systems;
    if (record.hasEffect && !step.isManual() && !findsTheSame) {
        setAside(record);
    }
    record.effectIsEarlier = record.hasEffect;
    // An action keeps what was there before it touches anything; what a person does begins with taking the step.
    record.hasEffect = record.hasEffect || step.isManual();
}

void keep(StepRecord& record, const Capture& capture)
{
    if (record.effectIsEarlier) {
        setAside(record);
    }
    record.capture = capture;
    record.hasEffect = true;
    record.effectIsEarlier = false;
}

void end(StepRecord& record, const Step& step, const StepResult& result)
{
    if (result.success) {
        record.leftovers = result.leftovers;
        if (changesNothing(record)) {
            dropOwn(record);
            return;
        }
        record.hasEffect = true;
        record.effectIsEarlier = false;
        record.effectIsWhole = true;
        return;
    }
    for (const auto& left : result.leftovers) {
        // Tries that fail alike leave one thing, not one each.
        if (!record.leftovers.contains(left)) {
            record.leftovers.append(left);
        }
    }
    if (result.reverted && record.effectIsEarlier && record.capture) {
        dropLatest(record); // restored from what an earlier attempt had kept
        return;
    }
    giveUp(record, result.reverted || (!step.isManual() && !record.capture));
}

void giveUp(StepRecord& record, bool withoutEffect)
{
    if (withoutEffect || !record.hasEffect || changesNothing(record)) {
        dropOwn(record);
    }
}

void takeBack(StepRecord& record, const StepResult& result)
{
    dropLatest(record);
    if (!record.hasEffect) {
        record.leftovers = {};
    }
    for (const auto& left : result.leftovers) {
        record.leftovers.append(left);
    }
}

} // namespace rc::effect
