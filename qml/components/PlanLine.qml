// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console

/// An open plan in a list.
T.ItemDelegate {
    id: line

    required property string key
    required property string title
    required property string incident
    required property string stateText
    required property int tone
    required property string next

    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    topPadding: Theme.small
    bottomPadding: Theme.small
    leftPadding: Theme.small
    rightPadding: Theme.small
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: key + ", " + title + ", " + stateText + ", " + next

    contentItem: ColumnLayout {
        spacing: 2

        RowLayout {
            spacing: Theme.small

            AppText {
                text: line.key
                kind: AppText.Figures
                quiet: true
            }

            AppText {
                text: line.title
                kind: AppText.Strong
                Layout.fillWidth: true
            }

            ToneMark {
                tone: line.tone
                text: line.stateText
            }
        }

        AppText {
            text: line.incident + " · " + line.next
            kind: AppText.Caption
            quiet: true
            Layout.fillWidth: true
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: line.hovered ? Theme.hovered : "transparent"

        FocusFrame {
            anchors.margins: 1
            shown: line.visualFocus || line.highlighted
        }
    }
}
