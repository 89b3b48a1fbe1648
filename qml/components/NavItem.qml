// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console
import ProzChain.Models

/// One entry of the list of pages.
T.Button {
    id: item

    required property Command command
    required property string glyph
    property bool current: false
    /// Without words.
    property bool narrow: false

    implicitHeight: Theme.px(38)
    implicitWidth: narrow ? Theme.px(40) : Theme.px(176)
    leftPadding: narrow ? Theme.px(10) : Theme.medium
    rightPadding: leftPadding
    hoverEnabled: true
    text: command.title
    onClicked: command.trigger()
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
            visible: !item.narrow
            kind: item.current ? AppText.Strong : AppText.Body
            Layout.fillWidth: true
        }

        AppText {
            // Long ones would leave no room for the name; the list of keys has them.
            visible: !item.narrow && text.length < 10
            text: item.command.keyText
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

    AppTip {
        wanted: item.narrow && (item.hovered || item.visualFocus)
        text: item.text + (item.command.keyText === "" ? "" : "  " + item.command.keyText)
    }
}
