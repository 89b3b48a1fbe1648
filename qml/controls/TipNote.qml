// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import ProzChain.Console

/// What a tip shows.
T.ToolTip {
    id: control

    x: parent ? Math.round((parent.width - implicitWidth) / 2) : 0
    y: -implicitHeight - Theme.tiny
    implicitWidth: Math.min(contentWidth + leftPadding + rightPadding, Theme.px(420))
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    contentWidth: measure.implicitWidth
    padding: Theme.small
    margins: Theme.small
    delay: 300
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent

    AppText {
        id: measure
        visible: false
        text: control.text
    }

    contentItem: AppText {
        text: control.text
        color: Theme.window
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.text
    }
}
