// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// Labels and values, one under the other.
Column {
    id: list

    required property RowModelBase model
    /// Nothing is shortened: it is what somebody signs.
    property bool wholly: false

    spacing: Theme.tiny

    Repeater {
        model: list.model

        // Not a layout: each step has a dozen of them, made while somebody waits to see it.
        Row {
            id: fact

            required property string label
            required property string value

            width: list.width
            spacing: Theme.medium

            AppText {
                text: fact.label
                kind: AppText.Caption
                quiet: true
                wrapMode: Text.Wrap
                width: Theme.px(160)
            }

            LongText {
                full: fact.value
                wholly: list.wholly
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                kind: /^[0-9a-f]{16,}$/.test(fact.value) ? AppText.Figures : AppText.Body
                width: fact.width - Theme.px(160) - fact.spacing
            }
        }
    }
}
