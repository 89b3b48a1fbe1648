// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// A system, how it is, and how old that knowledge is.
Item {
    id: line

    required property string key
    required property string name
    required property string type
    required property string stateText
    required property int tone
    required property string reason
    required property int age
    required property real chainHeight
    property bool chosen: false
    property bool highlighted: false

    implicitHeight: Math.max(Theme.rowHeight, column.implicitHeight + 2 * Theme.small)
    Accessible.role: Accessible.ListItem
    Accessible.name: name + ", " + stateText + (reason === "" ? "" : ", " + why.text) + ", " + age + " seconds ago"

    Rectangle {
        anchors.fill: parent
        color: line.chosen ? Theme.selected : "transparent"

        FocusFrame {
            anchors.margins: 1
            shown: line.highlighted
        }
    }

    ColumnLayout {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.small
        anchors.rightMargin: Theme.small
        spacing: 2

        RowLayout {
            spacing: Theme.small

            AppText {
                text: line.name
                kind: line.tone === Tone.Normal ? AppText.Body : AppText.Strong
                Layout.fillWidth: true
                Layout.preferredWidth: 3
            }

            AppText {
                text: line.type
                quiet: true
                Layout.preferredWidth: Theme.px(72)
            }

            AppText {
                text: line.chainHeight >= 0 ? line.chainHeight : ""
                kind: AppText.Figures
                horizontalAlignment: Text.AlignRight
                Layout.preferredWidth: Theme.px(72)
            }

            ToneMark {
                tone: line.tone
                text: line.stateText
                Layout.leftMargin: Theme.small
                Layout.preferredWidth: Theme.px(104)
            }

            AppText {
                text: line.age + " s"
                kind: AppText.Caption
                color: line.tone === Tone.Unknown ? Theme.caution : Theme.quiet
                horizontalAlignment: Text.AlignRight
                Layout.preferredWidth: Theme.px(48)
            }
        }

        LongText {
            id: why
            objectName: "why"
            visible: text !== ""
            full: line.reason
            kind: AppText.Caption
            color: line.tone === Tone.Danger ? Theme.danger : Theme.caution
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            Layout.fillWidth: true
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
