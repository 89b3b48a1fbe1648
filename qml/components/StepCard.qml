// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// The step that is looked at: what to do and why here, who may, what it waits for, what came of it, and everything
/// that can be done with it.
Card {
    id: card

    required property PlanViewModel plan
    readonly property StepViewModel step: plan.step

    signal acted(int deed)

    /// To the first thing that can be done.
    function takeFocus() {
        for (let i = 0; i < offers.count; ++i) {
            if (offers.itemAt(i).enabled) {
                offers.itemAt(i).forceActiveFocus(Qt.TabFocusReason);
                return;
            }
        }
        facts.forceActiveFocus(Qt.TabFocusReason);
    }

    heading: card.step.row.name

    Scroll {
        id: facts
        objectName: "facts"
        contentHeight: told.height
        Layout.fillWidth: true
        Layout.fillHeight: true

        Column {
            id: told
            width: facts.width - Theme.medium
            spacing: Theme.small

            AppText {
                text: card.step.description
                visible: text !== ""
                width: parent.width
                wrapMode: Text.Wrap
            }

            AppText {
                objectName: "place"
                text: card.step.place + " " + card.step.forWhom
                quiet: true
                width: parent.width
                wrapMode: Text.Wrap
            }

            AppText {
                text: card.step.row.pointOfNoReturn ? "Point of no return. " + card.step.consequence : ""
                visible: text !== ""
                color: Theme.caution
                width: parent.width
                wrapMode: Text.Wrap
            }

            AppText {
                text: card.step.row.waiting
                // Of a failed step the message below says the same.
                visible: text !== "" && card.step.row.tone !== Tone.Danger
                color: card.step.row.tone === Tone.Attention || card.step.row.tone === Tone.Unknown ? Theme.caution : Theme.text
                width: parent.width
                wrapMode: Text.Wrap
            }

            AppText {
                objectName: "odd"
                text: card.step.row.odd
                visible: text !== ""
                color: Theme.caution
                width: parent.width
                wrapMode: Text.Wrap
            }

            LongText {
                full: card.step.row.message
                visible: text !== ""
                color: card.step.row.tone === Tone.Danger ? Theme.danger : Theme.text
                width: parent.width
                wrapMode: Text.Wrap
            }

            AppText {
                objectName: "takingBack"
                text: card.step.takingBack === "" ? "" : "Can be taken back: " + card.step.takingBack
                visible: text !== ""
                quiet: true
                width: parent.width
                wrapMode: Text.Wrap
            }

            FactList {
                width: parent.width
                model: card.step.facts
            }
        }
    }

    Flow {
        spacing: Theme.small
        visible: offers.count > 0
        Layout.fillWidth: true

        Repeater {
            id: offers
            model: card.step.offers

            AppButton {
                required property string key
                required text
                required property int deed
                required property string letter
                required reason
                required danger

                objectName: "offer" + letter
                shortcutText: letter
                recording: card.plan.busy
                enabled: reason === "" && !recording
                onClicked: card.acted(deed)
            }
        }
    }
}
