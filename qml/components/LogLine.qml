// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// A line that work said while it went on, with its time.
RowLayout {
    id: line

    required property string time
    required property string text

    spacing: Theme.medium

    AppText {
        text: line.time
        kind: AppText.Figures
        quiet: true
    }

    LongText {
        full: line.text
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
}
