// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// The face of a list without rows: one sentence.
ColumnLayout {
    id: face

    required property string text
    property string glyph: Glyph.ok

    spacing: Theme.small

    AppIcon {
        text: face.glyph
        size: Theme.px(28)
        Layout.alignment: Qt.AlignHCenter
    }

    AppText {
        text: face.text
        quiet: true
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
}
