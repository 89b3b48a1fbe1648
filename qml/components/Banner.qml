// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// What went wrong or came of it, in place, until it is put away or over.
Rectangle {
    id: banner

    required property string text
    property int tone: Tone.Danger
    property bool closable: true

    readonly property color ink: tone === Tone.Danger ? Theme.danger : tone === Tone.Attention ? Theme.caution : Theme.active

    signal closed

    visible: text !== ""
    implicitHeight: visible ? row.implicitHeight + 2 * Theme.small : 0
    radius: Theme.radius
    color: tone === Tone.Danger ? Theme.dangerGround : tone === Tone.Attention ? Theme.cautionGround : Theme.activeGround
    border.width: 1
    border.color: ink
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.small
        spacing: Theme.small

        AppIcon {
            text: banner.tone === Tone.Danger ? Glyph.failed : banner.tone === Tone.Attention ? Glyph.warning : Glyph.information
            color: banner.ink
        }

        LongText {
            full: banner.text
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }

        AppButton {
            visible: banner.closable
            text: "Put away"
            implicitHeight: Theme.px(28)
            onClicked: banner.closed()
        }
    }
}
