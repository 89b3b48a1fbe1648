// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import ProzChain.Console

/// Slanting lines over what is behind: no picture of a rehearsal can be taken for the real thing.
Item {
    id: hatch

    required property color ink
    /// From line to line.
    property real pitch: Theme.px(16)
    /// What is written on it has to be read.
    readonly property real density: 0.16

    clip: true

    Repeater {
        model: hatch.visible ? Math.ceil((hatch.width + hatch.height) / hatch.pitch) + 1 : 0

        Rectangle {
            required property int index

            x: index * hatch.pitch - hatch.height / 2
            y: -hatch.height / 2
            width: hatch.pitch / 3
            height: hatch.height * 2
            rotation: 30
            color: hatch.ink
            opacity: hatch.density
        }
    }
}
