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

    /// Why it cannot be confirmed, or dismissed, now; empty when it can.
    property string confirmReason
    property string dismissReason

    signal confirmed(string key)
    signal dismissed(string key)

    /// The keyboard goes to its first answer.
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
            objectName: "confirmProposal"
            text: "Open the incident"
            primary: true
            enabled: reason === ""
            reason: line.confirmReason
            onClicked: line.confirmed(line.key)
        }

        AppButton {
            objectName: "dismissProposal"
            text: "Dismiss …"
            enabled: reason === ""
            reason: line.dismissReason
            onClicked: line.dismissed(line.key)
        }
    }
}
