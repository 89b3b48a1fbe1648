// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import ProzChain.Console

/// The tip of what it stands in. Hundreds of these are on a page, and few are ever wanted: what it shows is made then.
Item {
    id: tip

    property string text
    property bool wanted: false
    property TipNote note
    readonly property bool opened: note !== null && note.opened

    onWantedChanged: {
        if (wanted && note === null) {
            note = notes.createObject(tip) as TipNote;
        }
    }

    anchors.fill: parent

    Component {
        id: notes

        TipNote {
            parent: tip.parent
            visible: tip.wanted
            text: tip.text
        }
    }
}
