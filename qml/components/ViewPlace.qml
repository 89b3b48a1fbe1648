// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// The place of one of several views. It is made when it is first wanted. No Loader: that makes nothing whose component
/// is bound (Qt 6.4).
Item {
    id: place

    required property bool wanted
    default property Component view
    property Item made: null

    function make() {
        if (made === null) {
            made = view.createObject(place) as Item;
            made.anchors.fill = place;
        }
    }

    function makeWanted() {
        if (wanted) {
            make();
        }
    }

    onWantedChanged: makeWanted()
    Component.onCompleted: makeWanted()
}
