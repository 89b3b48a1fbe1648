// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/plan_event.h"

/// What attempts of a step have done and nobody has taken back, as its events go by. Only apply() asks for it.

namespace rc::effect {

/// An attempt begins: what stands was done before it. What an earlier attempt had finished, or had done with other
/// parameters, is set aside, because this one finds other things than that one did.
void begin(StepRecord& record, const Step& step, const StepStarted& intent);
/// What the attempt found before it touched anything.
void keep(StepRecord& record, const Capture& capture);
/// The attempt has ended so.
void end(StepRecord& record, const Step& step, const StepResult& result);
/// The attempt is given up without an outcome; `withoutEffect`: something looked, and it had done nothing.
void giveUp(StepRecord& record, bool withoutEffect);
/// The latest effect was taken back; one that was set aside is the latest then.
void takeBack(StepRecord& record, const StepResult& result);

} // namespace rc::effect
