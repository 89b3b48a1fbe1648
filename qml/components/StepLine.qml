// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console
import ProzChain.Models

/// A line of the checklist.
T.ItemDelegate {
    id: line

    required property int index
    required property string key
    required property int number
    required property string name
    required property string kind
    required property string stateText
    required property string roles
    required property string waiting
    required property int tone
    required property bool mine
    required property bool current
    required property bool pointOfNoReturn
    required property int attempt
    required property string times
    required property string odd
    required property bool critical
    property bool selected: false
    /// A preview has no states yet.
    property bool plain: false

    implicitHeight: Math.max(Theme.rowHeight, implicitContentHeight + topPadding + bottomPadding)
    topPadding: Theme.small
    bottomPadding: Theme.small
    leftPadding: Theme.small
    rightPadding: Theme.medium
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: number + ", " + name + ", " + stateText + (waiting === "" ? "" : ", " + waiting) + (odd === "" ? "" : ", " + odd)

    contentItem: ColumnLayout {
        spacing: 2

        RowLayout {
            visible: line.pointOfNoReturn
            spacing: Theme.small
            Layout.fillWidth: true

            Rectangle {
                implicitHeight: 1
                color: Theme.caution
                Layout.preferredWidth: Theme.px(24)
            }

            AppText {
                text: "Point of no return"
                kind: AppText.Caption
                color: Theme.caution
            }

            Rectangle {
                implicitHeight: 1
                color: Theme.caution
                Layout.fillWidth: true
            }
        }

        RowLayout {
            spacing: Theme.small
            Layout.fillWidth: true

            AppText {
                text: line.number
                kind: AppText.Figures
                quiet: true
                horizontalAlignment: Text.AlignRight
                Layout.preferredWidth: Theme.px(24)
            }

            AppText {
                text: line.name
                kind: line.current && !line.plain ? AppText.Strong : AppText.Body
                quiet: line.tone === Tone.Done || line.tone === Tone.Skipped
                Layout.fillWidth: true
            }

            AppText {
                visible: line.attempt > 1
                text: "attempt " + line.attempt
                kind: AppText.Caption
                quiet: true
            }

            ToneMark {
                visible: !line.plain
                tone: line.tone
                text: line.stateText
                glyph: line.tone === Tone.Normal ? Glyph.pending : defaultGlyph
            }
        }

        RowLayout {
            spacing: Theme.small
            Layout.fillWidth: true
            Layout.leftMargin: Theme.px(24) + Theme.small

            AppText {
                text: line.waiting !== "" && !line.plain ? line.waiting : line.kind + " · " + line.roles
                kind: AppText.Caption
                quiet: true
                Layout.fillWidth: true
            }

            AppText {
                visible: line.critical
                text: "critical path"
                kind: AppText.Caption
                quiet: true
            }

            AppIcon {
                visible: line.odd !== ""
                text: Glyph.warning
                size: Theme.px(14)
                color: Theme.caution
            }

            AppText {
                text: line.times
                kind: AppText.Caption
                quiet: line.odd === ""
                color: line.odd === "" ? Theme.quiet : Theme.caution
            }
        }
    }

    background: Rectangle {
        color: line.selected ? Theme.selected : line.hovered ? Theme.hovered : "transparent"

        Rectangle {
            visible: line.current && !line.plain
            width: 3
            height: parent.height
            color: Theme.accent
        }

        FocusFrame {
            anchors.margins: 1
            shown: line.visualFocus || line.highlighted
        }
    }
}
