// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// What went wrong, in place, until it is put away or over.
Rectangle {
    id: banner

    required property string text
    property bool grave: true
    property bool closable: true

    signal closed

    visible: text !== ""
    implicitHeight: visible ? row.implicitHeight + 2 * Theme.small : 0
    radius: Theme.radius
    color: grave ? Theme.dangerGround : Theme.cautionGround
    border.width: 1
    border.color: grave ? Theme.danger : Theme.caution
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.small
        spacing: Theme.small

        AppIcon {
            text: banner.grave ? Glyph.failed : Glyph.warning
            color: banner.grave ? Theme.danger : Theme.caution
        }

        AppText {
            text: banner.text
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }

        AppButton {
            visible: banner.closable
            text: "Put away"
            implicitHeight: 28
            onClicked: banner.closed()
        }
    }
}
