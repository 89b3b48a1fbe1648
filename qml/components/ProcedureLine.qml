// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console

/// A procedure to choose.
T.ItemDelegate {
    id: line

    required property int index
    required property string key
    required property string name
    required property string description
    required property string risk
    required property string roles
    required property string approvals
    required property int steps
    property bool chosen: false

    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    topPadding: Theme.small
    bottomPadding: Theme.small
    leftPadding: Theme.small
    rightPadding: Theme.small
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: name + (chosen ? ", chosen" : "")

    contentItem: ColumnLayout {
        spacing: 2

        AppText {
            text: line.name
            kind: AppText.Strong
            Layout.fillWidth: true
        }

        AppText {
            text: line.description
            quiet: true
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }

        AppText {
            text: line.steps + " steps · risk " + line.risk.toLowerCase() + (line.approvals === "" ? "" : " · approval by " + line.approvals)
            kind: AppText.Caption
            quiet: true
            Layout.fillWidth: true
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: line.chosen ? Theme.selected : line.hovered ? Theme.hovered : "transparent"

        FocusFrame {
            anchors.margins: 1
            shown: line.visualFocus || line.highlighted
        }
    }
}
