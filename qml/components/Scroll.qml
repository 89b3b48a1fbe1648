// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Fusion
import ProzChain.Console

/// Content that may be taller than its place: by wheel, by finger, and with the focus by the arrow and page keys.
Flickable {
    id: scroll

    readonly property bool overflows: contentHeight > height

    function by(pixels: real) {
        contentY = Math.max(0, Math.min(contentHeight - height, contentY + pixels));
    }

    clip: true
    // What has the focus keeps it, also when there is nothing left to scroll (Qt 6.4).
    activeFocusOnTab: overflows || activeFocus
    boundsBehavior: Flickable.StopAtBounds
    Keys.onUpPressed: by(-40)
    Keys.onDownPressed: by(40)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown) {
            by(event.key === Qt.Key_PageUp ? -height : height);
            event.accepted = true;
        }
    }

    ScrollBar.vertical: ScrollBar {
        policy: scroll.overflows ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }

    FocusFrame {
        parent: scroll
        // Outside it would be clipped.
        anchors.margins: 0
        z: 1
        shown: scroll.activeFocus
    }
}
