// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// One of several views, all of the same size. The others stay laid out, unseen and out of reach: a layout that is not
/// visible misses what changes in it (Qt 6.4).
Item {
    id: stack

    property int currentIndex: 0

    onCurrentIndexChanged: arrange()
    Component.onCompleted: arrange()

    function arrange() {
        for (let i = 0; i < children.length; ++i) {
            children[i].anchors.fill = stack;
            children[i].opacity = i === currentIndex ? 1 : 0;
            children[i].enabled = i === currentIndex;
        }
    }
}
