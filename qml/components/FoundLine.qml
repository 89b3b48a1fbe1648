// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console

/// Something that was found, in the palette: what it belongs to, what it is, its key, and why it cannot be done.
T.ItemDelegate {
    id: line

    required property string key
    required property string group
    required property string title
    required property string detail
    required property string keyText
    required property string obstacle

    readonly property bool able: obstacle === ""

    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    topPadding: Theme.tiny
    bottomPadding: Theme.tiny
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: title + ", " + group + (detail === "" ? "" : ", " + detail) + (keyText === "" ? "" : ", " + keyText) + (able ? "" : ": " + obstacle)

    contentItem: ColumnLayout {
        spacing: 0

        RowLayout {
            spacing: Theme.medium

            AppText {
                text: line.group
                kind: AppText.Caption
                quiet: true
                Layout.preferredWidth: Theme.px(72)
            }

            AppText {
                text: line.title
                quiet: !line.able
                Layout.fillWidth: true
            }

            AppText {
                text: line.detail
                visible: text !== ""
                kind: AppText.Caption
                quiet: true
            }

            AppText {
                text: line.keyText
                visible: text !== ""
                kind: AppText.Caption
                quiet: true
            }
        }

        AppText {
            visible: !line.able
            text: line.obstacle
            kind: AppText.Caption
            quiet: true
            Layout.leftMargin: Theme.px(72) + Theme.medium
            Layout.fillWidth: true
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: line.highlighted ? Theme.selected : line.hovered ? Theme.hovered : "transparent"
    }
}
