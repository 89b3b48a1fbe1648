// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console
import ProzChain.Models
import ProzChain.Stories

/// A plan's page with the bar below it, as the window has them; what they ask the plan to do is heard and not done.
Rectangle {
    id: stage

    readonly property PlanPage page: page

    width: 1088
    height: 700
    color: Theme.window

    PlanPage {
        id: page
        width: parent.width
        height: parent.height - 56
        model: Stories.heard
    }

    NextBar {
        width: parent.width
        anchors.bottom: parent.bottom
        next: Command {
        }
        frame: Stories.frame
        plan: Stories.heard
        planShown: true
        onProceed: page.proceed()
        onProceedOtherwise: page.proceedOtherwise()
        onStopAsked: page.stopWork()
    }
}
