// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console

/// What is on a button: a glyph if it has one, its words, and its key. Not a layout: dozens of buttons are made while
/// somebody waits for the next step.
Item {
    id: face

    required property string text
    required property string glyph
    required property string keyText
    required property color ink

    readonly property real besideText: (glyph === "" ? 0 : icon.width + parts.spacing) + (keyText === "" ? 0 : keys.implicitWidth + parts.spacing)

    implicitWidth: Math.ceil(label.implicitWidth) + besideText
    implicitHeight: parts.implicitHeight

    Row {
        id: parts
        anchors.centerIn: parent
        spacing: Theme.small

        AppIcon {
            id: icon
            anchors.verticalCenter: parent.verticalCenter
            visible: face.glyph !== ""
            text: face.glyph
            size: Theme.px(18)
            color: face.ink
        }

        AppText {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            width: Math.max(0, Math.min(Math.ceil(implicitWidth), face.width - face.besideText))
            text: face.text
            kind: AppText.Strong
            color: face.ink
        }

        AppText {
            id: keys
            anchors.verticalCenter: parent.verticalCenter
            visible: face.keyText !== ""
            text: face.keyText
            kind: AppText.Caption
            color: face.ink
            opacity: 0.8
        }
    }
}
