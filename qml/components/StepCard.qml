// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// The step that is looked at: what to do, who may, what it waits for, what came of it.
Card {
    id: card

    required property PlanViewModel plan

    heading: card.plan.step.name

    AppText {
        text: card.plan.description
        visible: text !== ""
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppText {
        text: (card.plan.step.mine ? "You may do it: " : "Needs ") + card.plan.step.roles
        quiet: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppText {
        text: card.plan.step.waiting
        visible: text !== ""
        color: Theme.caution
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    LongText {
        full: card.plan.step.message
        visible: text !== ""
        color: card.plan.step.tone === Tone.Danger ? Theme.danger : Theme.text
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    Scroll {
        objectName: "facts"
        contentHeight: factList.implicitHeight
        Layout.fillWidth: true
        Layout.fillHeight: true

        FactList {
            id: factList
            width: parent.width - Theme.medium
            model: card.plan.facts
        }
    }
}
