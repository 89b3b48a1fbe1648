// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Fusion
import ProzChain.Console

/// A list whose lines are only read: with the focus, the arrow and page keys move it.
ListView {
    id: list

    required property string label

    function by(pixels: real) {
        const end = originY + Math.max(0, contentHeight - height);
        contentY = Math.max(originY, Math.min(end, contentY + pixels));
    }

    clip: true
    activeFocusOnTab: true
    keyNavigationEnabled: false
    boundsBehavior: Flickable.StopAtBounds
    Accessible.role: Accessible.List
    Accessible.name: label
    Keys.onUpPressed: by(-Theme.px(40))
    Keys.onDownPressed: by(Theme.px(40))
    Keys.onPressed: event => {
        if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown) {
            by(event.key === Qt.Key_PageUp ? -height : height);
            event.accepted = true;
        }
    }

    ScrollBar.vertical: ScrollBar {
        policy: list.contentHeight > list.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }

    FocusFrame {
        parent: list
        // Outside it would be clipped.
        anchors.margins: 0
        z: 1
        shown: list.activeFocus
    }
}
