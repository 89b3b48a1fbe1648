// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Below every page, always at the same place: what is to be done next, by whom, and the one button for it. Where it
/// is not on the page, the button goes there.
Rectangle {
    id: bar

    required property FrameViewModel frame
    required property PlanViewModel plan
    /// What Ctrl+Return does here.
    required property Command next
    property bool planShown: false

    readonly property string verb: planShown ? plan.guidance.text : frame.guidance.text
    readonly property string hint: planShown ? plan.guidance.hint : frame.guidance.hint
    readonly property string reason: planShown ? plan.guidance.reason : frame.guidance.reason
    readonly property string progress: planShown ? plan.progress : ""
    readonly property bool calls: (planShown ? plan.guidance.deed : frame.guidance.deed) !== Deed.Nothing && reason === ""

    signal proceed
    signal proceedOtherwise
    signal stopAsked

    implicitHeight: Theme.px(56)
    color: calls ? Theme.activeGround : Theme.surface

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.line
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.large
        spacing: Theme.medium

        AppText {
            text: bar.frame.band === FrameViewModel.Rehearsal ? "REHEARSAL · NEXT" : "NEXT"
            kind: AppText.Caption
            quiet: true
            font.letterSpacing: 0.8
        }

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            AppText {
                text: bar.verb
                visible: text !== "" && !bar.planShown
                kind: AppText.Strong
                Layout.fillWidth: true
            }

            LongText {
                objectName: "nextLine"
                // What is called for stands before what goes on by itself.
                full: bar.calls ? bar.hint : bar.reason !== "" ? bar.reason : bar.progress !== "" ? bar.progress : bar.hint
                visible: text !== ""
                quiet: !bar.planShown
                wrapMode: Text.Wrap
                maximumLineCount: bar.planShown ? 2 : 1
                elide: Text.ElideRight
                Layout.fillWidth: true
            }
        }

        AppButton {
            visible: bar.planShown && bar.plan.running
            objectName: "stopWork"
            text: "Stop in good order …"
            enabled: bar.plan.runsHere
            reason: "It runs in another window or script, and is stopped there."
            onClicked: bar.stopAsked()
        }

        AppButton {
            objectName: "otherwise"
            visible: bar.planShown && bar.plan.guidance.otherText !== ""
            text: bar.plan.guidance.otherText
            recording: bar.plan.busy
            enabled: !recording
            onClicked: bar.proceedOtherwise()
        }

        AppButton {
            objectName: "next"
            visible: bar.planShown ? bar.verb !== "" : bar.next.offered && bar.next.obstacle === ""
            text: bar.planShown ? bar.verb : bar.next.title
            shortcutText: "Ctrl+Return"
            primary: bar.planShown || bar.calls
            recording: bar.planShown && bar.plan.busy
            enabled: !bar.planShown || (bar.calls && !recording)
            reason: bar.planShown ? bar.reason : ""
            // What is next needs its words too, however long the name of a step is.
            Layout.maximumWidth: bar.width * 0.45
            onClicked: bar.planShown ? bar.proceed() : bar.next.trigger()
        }
    }
}
