// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// A state as glyph and word; never as colour alone.
Row {
    id: mark

    required property int tone
    required property string text
    property string glyph: defaultGlyph
    /// Its words may need more than a line; then it is as wide as its place.
    property bool wraps: false
    property bool strong: tone === Tone.Active || tone === Tone.Attention || tone === Tone.Danger || tone === Tone.Unknown

    readonly property string defaultGlyph: {
        switch (tone) {
        case Tone.Active:
            return Glyph.running;
        case Tone.Attention:
            return Glyph.warning;
        case Tone.Danger:
            return Glyph.failed;
        case Tone.Unknown:
            return Glyph.unknown;
        case Tone.Skipped:
            return Glyph.skipped;
        case Tone.Undone:
            return Glyph.undone;
        default:
            return Glyph.ok;
        }
    }
    readonly property color ink: {
        switch (tone) {
        case Tone.Active:
            return Theme.active;
        case Tone.Attention:
        case Tone.Unknown:
            return Theme.caution;
        case Tone.Danger:
            return Theme.danger;
        default:
            return Theme.quiet;
        }
    }

    spacing: Theme.tiny

    AppIcon {
        anchors.verticalCenter: parent.verticalCenter
        text: mark.glyph
        size: Theme.px(18)
        color: mark.ink
    }

    AppText {
        anchors.verticalCenter: parent.verticalCenter
        width: mark.wraps ? Math.max(1, mark.width - Theme.px(18) - mark.spacing) : implicitWidth
        wrapMode: mark.wraps ? Text.Wrap : Text.NoWrap
        text: mark.text
        kind: mark.strong ? AppText.Strong : AppText.Body
        color: mark.ink
    }
}
