// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// The checks that have to pass before the end can be declared.
Card {
    id: card

    required property PlanViewModel plan
    /// Room is short: as long as no check has its turn, they are only counted.
    property bool narrow: false

    readonly property bool counted: narrow && plan.checksText !== ""

    heading: "Verification"

    AppText {
        objectName: "checksText"
        text: card.plan.checksText
        visible: card.counted
        quiet: true
        Layout.fillWidth: true
    }

    Scroll {
        visible: !card.counted
        contentHeight: checks.implicitHeight
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(checks.implicitHeight, Theme.px(200))

        // No layouts in each other: an inner one misses what changes while the outer one is resized (Qt 6.4).
        Column {
            id: checks
            width: parent.width - Theme.medium
            spacing: Theme.small

            Repeater {
                model: card.plan.checks

                Column {
                    id: check

                    required property string name
                    required property string stateText
                    required property int tone
                    required property string detail
                    required property string age

                    width: checks.width
                    spacing: 0

                    RowLayout {
                        spacing: Theme.small
                        width: parent.width

                        AppText {
                            text: check.name
                            Layout.fillWidth: true
                        }

                        AppText {
                            objectName: "checkAge"
                            text: check.age
                            visible: text !== ""
                            kind: AppText.Caption
                            quiet: true
                        }

                        ToneMark {
                            tone: check.tone
                            text: check.stateText
                            glyph: check.tone === Tone.Normal ? Glyph.pending : defaultGlyph
                        }
                    }

                    LongText {
                        full: check.detail
                        visible: text !== ""
                        kind: AppText.Caption
                        quiet: true
                        wrapMode: Text.Wrap
                        width: parent.width
                    }
                }
            }
        }
    }
}
