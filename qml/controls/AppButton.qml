// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import ProzChain.Console

/// A verb and its object. One per page is primary. A button that cannot be pressed says why: `obstacle` is shown in its
/// tip and read with its name. A key that is held presses once: its repetitions would answer a question that the first
/// press has only just asked.
T.Button {
    id: control

    property bool primary: false
    property bool danger: false
    property string glyph
    property string reason
    /// It could be pressed, but for what was asked before.
    property bool recording: false
    property string shortcutText

    readonly property string obstacle: reason !== "" ? reason : recording ? "It is being recorded." : ""
    readonly property color ground: !enabled ? Theme.sunken : danger && primary ? Theme.danger : primary ? Theme.accent : "transparent"
    readonly property color ink: !enabled ? Theme.quiet : primary ? (danger ? Theme.surface : Theme.accentInk) : danger ? Theme.danger : Theme.text

    function pressOnce(event: KeyEvent) {
        if (!event.isAutoRepeat) {
            clicked();
        }
    }

    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, Theme.px(88))
    implicitHeight: Theme.control
    leftPadding: Theme.medium + Theme.small
    rightPadding: Theme.medium + Theme.small
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.name: text + (enabled || obstacle === "" ? "" : ": " + obstacle)
    Keys.onReturnPressed: event => pressOnce(event)
    Keys.onEnterPressed: event => pressOnce(event)
    Keys.onSpacePressed: event => event.accepted = event.isAutoRepeat
    Keys.onReleased: event => event.accepted = event.isAutoRepeat

    contentItem: ButtonFace {
        text: control.text
        glyph: control.glyph
        keyText: control.enabled ? control.shortcutText : ""
        ink: control.ink
    }

    background: Rectangle {
        radius: Theme.radius
        color: control.ground
        border.width: control.primary && control.enabled ? 0 : 1
        border.color: control.danger && control.enabled ? Theme.danger : Theme.strongLine

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: Theme.text
            opacity: control.down ? 0.16 : control.hovered && control.enabled ? 0.07 : 0
        }

        FocusFrame {
            shown: control.visualFocus
        }
    }

    // A disabled button takes no hover; the tip of why not needs one.
    HoverHandler {
        id: hover
        enabled: !control.enabled
    }

    AppTip {
        wanted: text !== "" && hover.hovered
        text: control.obstacle
    }
}
