// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console

/// A glyph of the icon font. It says nothing by itself: a word always stands beside it or in its control's name.
Text {
    property int size: Theme.px(20)

    textFormat: Text.PlainText
    color: Theme.quiet
    width: size
    height: size
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    font {
        family: Theme.icons
        pixelSize: size
    }
    Accessible.ignored: true
}
