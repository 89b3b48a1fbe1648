// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Below every page: what is to be done next, by whom, and the way there.
Rectangle {
    id: bar

    required property FrameViewModel frame
    property bool planShown: false

    readonly property bool calls: frame.guidance.deed !== Deed.Nothing && frame.guidance.reason === ""

    signal goThere

    implicitHeight: visible ? 48 : 0
    visible: frame.planId !== ""
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
            text: "NEXT"
            kind: AppText.Caption
            quiet: true
            font.letterSpacing: 0.8
        }

        AppText {
            text: bar.frame.guidance.text
            visible: text !== ""
            kind: AppText.Strong
        }

        AppText {
            text: bar.frame.guidance.reason !== "" ? bar.frame.guidance.reason : bar.frame.guidance.hint
            quiet: true
            Layout.fillWidth: true
        }

        AppButton {
            visible: !bar.planShown
            text: "Go to the plan"
            shortcutText: "F2"
            primary: bar.calls
            onClicked: bar.goThere()
        }
    }
}
