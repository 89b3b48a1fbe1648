// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Fusion
import ProzChain.Console

/// Content that may be taller than its place: by wheel, by finger, and with the focus by the arrow and page keys.
Flickable {
    id: scroll

    readonly property bool overflows: contentHeight > height
    readonly property Item focused: Window.activeFocusItem

    function by(pixels: real) {
        contentY = Math.max(0, Math.min(contentHeight - height, contentY + pixels));
    }

    /// Shows what has the focus, where it lies in here.
    function reveal(item: Item) {
        let inside = item;
        while (inside !== null && inside !== contentItem) {
            inside = inside.parent;
        }
        if (inside === null || !overflows) {
            return;
        }
        const top = item.mapToItem(contentItem, 0, 0).y - Theme.small;
        const bottom = top + item.height + 2 * Theme.small;
        if (top < contentY || bottom > contentY + height) {
            by((top < contentY || bottom - top > height ? top : bottom - height) - contentY);
        }
    }

    clip: true
    // What has the focus keeps it, also when there is nothing left to scroll (Qt 6.4).
    activeFocusOnTab: overflows || activeFocus
    boundsBehavior: Flickable.StopAtBounds
    onFocusedChanged: reveal(focused)
    Keys.onUpPressed: by(-Theme.px(40))
    Keys.onDownPressed: by(Theme.px(40))
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
