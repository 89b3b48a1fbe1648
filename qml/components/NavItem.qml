// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console

/// One entry of the list of pages.
T.Button {
    id: item

    required property string glyph
    required property bool current
    property string shortcutText

    implicitHeight: 38
    implicitWidth: 176
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    hoverEnabled: true
    Accessible.role: Accessible.PageTab
    Accessible.name: text + (current ? ", shown" : "")
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: RowLayout {
        spacing: Theme.medium

        AppIcon {
            text: item.glyph
            color: item.current ? Theme.accent : Theme.quiet
        }

        AppText {
            text: item.text
            kind: item.current ? AppText.Strong : AppText.Body
            Layout.fillWidth: true
        }

        AppText {
            text: item.shortcutText
            kind: AppText.Caption
            quiet: true
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: item.current ? Theme.selected : item.hovered ? Theme.hovered : "transparent"

        FocusFrame {
            anchors.margins: 1
            shown: item.visualFocus
        }
    }
}
