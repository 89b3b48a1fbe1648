// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// One check of a system, and what it found.
ColumnLayout {
    id: line

    required property string key
    required property string stateText
    required property int tone
    required property string message
    required property string latency

    spacing: 2
    Accessible.role: Accessible.ListItem
    Accessible.name: key + ", " + stateText + (message === "" ? "" : ", " + message)

    RowLayout {
        spacing: Theme.medium
        Layout.fillWidth: true

        AppText {
            text: line.key
            Layout.fillWidth: true
        }

        AppText {
            text: line.latency
            kind: AppText.Figures
            quiet: true
        }

        ToneMark {
            tone: line.tone
            text: line.stateText
        }
    }

    LongText {
        visible: text !== ""
        full: line.message
        kind: AppText.Caption
        color: line.tone === Tone.Danger ? Theme.danger : Theme.quiet
        wrapMode: Text.Wrap
        maximumLineCount: 3
        elide: Text.ElideRight
        Layout.fillWidth: true
    }
}
