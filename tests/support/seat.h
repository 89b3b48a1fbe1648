// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/console_window.h"
#include "tests/support/lab_home.h"

#include <QTest>

namespace rc::test {

/// A console's window with somebody signed in at it, who looks at a plan.
class Seat
{
public:
    Seat(const LabHome& home, const QString& who, const QString& plan)
        : m_window({home.path(), {}})
    {
        auto& people = *m_window.console().signIn();
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::SignIn);
        people.signIn(who, "the passphrase of " + who);
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::SignedIn);
        this->plan().setPlanId(plan);
        QTRY_VERIFY(this->plan().known());
    }

    [[nodiscard]] ui::Console& console() { return m_window.console(); }
    [[nodiscard]] ui::PlanViewModel& plan() { return *m_window.console().plan(); }
    void ticks(const QString& step, const QString& note)
    {
        plan().setSelected(step);
        plan().complete(plan().selected(), true, note);
    }
    [[nodiscard]] QString stateOf(const QString& step)
    {
        plan().setSelected(step);
        return plan().step()->row().state;
    }

private:
    ConsoleWindow m_window;
};

} // namespace rc::test
