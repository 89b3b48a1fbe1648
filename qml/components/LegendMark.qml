// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console

/// The name of a line or bar of a chart, with its colour.
Row {
    id: mark

    required property string name
    required property color ink

    spacing: Theme.tiny

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(10)
        height: Theme.px(10)
        radius: 2
        color: mark.ink
        border.width: 1
        border.color: Theme.strongLine
    }

    AppText {
        text: mark.name
        kind: AppText.Caption
    }
}
