// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// A text in which hashes may stand: on the screen they are shortened in the middle. Then, and where there is no room for
/// the rest of it, a tip has the whole of it, and a click, or Ctrl+C with the focus, copies that.
AppText {
    id: line

    required property string full
    /// What is copied.
    property string whole: full

    property bool wholly: false
    /// Not all of it is on the screen.
    readonly property bool shortened: text !== full || truncated
    property bool copied: false

    function copy() {
        ScreenText.copy(whole);
        copied = true;
    }

    text: wholly ? full : ScreenText.shortened(full)
    // What has the focus keeps it, whatever comes to stand there (Qt 6.4).
    activeFocusOnTab: shortened || activeFocus
    Accessible.description: shortened ? "Ctrl+C copies the whole of it." : ""
    onActiveFocusChanged: copied = false
    Keys.onPressed: event => {
        if (shortened && event.matches(StandardKey.Copy)) {
            copy();
            event.accepted = true;
        }
    }

    HoverHandler {
        id: hover
        enabled: line.shortened
        cursorShape: Qt.PointingHandCursor
        onHoveredChanged: line.copied = false
    }

    TapHandler {
        enabled: line.shortened
        onTapped: line.copy()
    }

    AppTip {
        objectName: "whole"
        wanted: line.shortened && (hover.hovered || line.activeFocus)
        text: line.copied ? "Copied: " + line.whole : line.full + "\nClick or Ctrl+C copies it."
    }

    FocusFrame {
        // It may stand at the edge of a list, which clips.
        anchors.margins: 0
        shown: line.activeFocus
    }
}
