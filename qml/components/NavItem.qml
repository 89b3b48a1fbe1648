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
    /// Without words.
    property bool narrow: false

    implicitHeight: Theme.px(38)
    implicitWidth: narrow ? Theme.px(40) : Theme.px(176)
    leftPadding: narrow ? Theme.px(10) : Theme.medium
    rightPadding: leftPadding
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
            visible: !item.narrow
            kind: item.current ? AppText.Strong : AppText.Body
            Layout.fillWidth: true
        }

        AppText {
            visible: !item.narrow
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

    AppTip {
        wanted: item.narrow && (item.hovered || item.visualFocus)
        text: item.text + (item.shortcutText === "" ? "" : "  " + item.shortcutText)
    }
}
