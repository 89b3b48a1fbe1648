// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// What the monitor proposes, and the two answers to it.
ColumnLayout {
    id: line

    required property string key
    required property string title
    required property string severity
    required property string evidence

    signal confirmed(string key)
    signal dismissed(string key, string reason)

    function takeFocus() {
        open.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    spacing: Theme.tiny

    AppText {
        text: line.title
        kind: AppText.Strong
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    LongText {
        full: line.severity + (line.evidence === "" ? "" : " · " + line.evidence)
        kind: AppText.Caption
        quiet: true
        wrapMode: Text.Wrap
        maximumLineCount: 3
        elide: Text.ElideRight
        Layout.fillWidth: true
    }

    RowLayout {
        spacing: Theme.small

        AppButton {
            id: open
            text: "Open the incident"
            primary: true
            onClicked: line.confirmed(line.key)
        }

        AppButton {
            text: "Dismiss"
            onClicked: line.dismissed(line.key, "dismissed at the desk")
        }
    }
}
