// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console

/// Text as data, never as markup: names come from files and people.
Text {
    enum Kind {
        Caption,
        Body,
        Strong,
        Heading,
        Title,
        Figures
    }

    property int kind: AppText.Body
    property bool quiet: false

    readonly property bool small: kind === AppText.Caption

    textFormat: Text.PlainText
    color: quiet ? Theme.quiet : Theme.text
    elide: wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    verticalAlignment: Text.AlignVCenter
    font {
        family: kind === AppText.Figures ? Theme.figures : Theme.family
        pixelSize: {
            switch (kind) {
            case AppText.Caption:
                return Theme.caption;
            case AppText.Heading:
                return Theme.heading;
            case AppText.Title:
                return Theme.title;
            default:
                return Theme.body;
            }
        }
        weight: kind === AppText.Strong || kind === AppText.Heading || kind === AppText.Title ? Font.DemiBold : Font.Normal
    }
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
