// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// One of several views, all of the same size. The others stay laid out, unseen and out of reach: a layout that is not
/// visible misses what changes in it (Qt 6.4).
Item {
    id: stack

    property int currentIndex: 0

    clip: true

    onCurrentIndexChanged: arrange()
    Component.onCompleted: arrange()

    function arrange() {
        for (let i = 0; i < children.length; ++i) {
            const shown = i === currentIndex;
            children[i].width = Qt.binding(() => stack.width);
            children[i].height = Qt.binding(() => stack.height);
            // Aside as well: what is transparent still feels the pointer.
            children[i].x = Qt.binding(() => shown ? 0 : -2 * stack.width);
            children[i].opacity = shown ? 1 : 0;
            children[i].enabled = shown;
        }
    }
}
