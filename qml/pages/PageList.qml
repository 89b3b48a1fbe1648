// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// The pages, and what is not a page, always at the same place.
Rectangle {
    id: list

    required property WorkCommands commands
    required property int page
    /// The names have no room.
    property bool narrow: false

    /// The keyboard goes to the page that is shown.
    function takeFocus() {
        [overviewItem, incidentItem, planItem, graphItem, settingsItem][page].forceActiveFocus(Qt.ShortcutFocusReason);
    }

    color: Theme.sunken
    implicitWidth: narrow ? Theme.px(56) : Theme.px(192)

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.small
        spacing: Theme.tiny

        NavItem {
            id: overviewItem
            command: list.commands.overview
            glyph: Glyph.overview
            narrow: list.narrow
            current: list.page === Navigation.Overview
            Layout.fillWidth: true
        }

        NavItem {
            id: incidentItem
            command: list.commands.incident
            glyph: Glyph.incident
            narrow: list.narrow
            current: list.page === Navigation.Incident
            Layout.fillWidth: true
        }

        NavItem {
            id: planItem
            command: list.commands.openPlan
            glyph: Glyph.plan
            narrow: list.narrow
            current: list.page === Navigation.Plan
            Layout.fillWidth: true
        }

        NavItem {
            id: graphItem
            command: list.commands.graph
            glyph: Glyph.network
            narrow: list.narrow
            current: list.page === Navigation.Graph
            Layout.fillWidth: true
        }

        Item {
            Layout.fillHeight: true
        }

        NavItem {
            id: settingsItem
            command: list.commands.settings
            glyph: Glyph.settings
            narrow: list.narrow
            current: list.page === Navigation.Settings
            Layout.fillWidth: true
        }

        NavItem {
            command: list.commands.signOut
            glyph: Glyph.signOut
            narrow: list.narrow
            Layout.fillWidth: true
        }
    }
}
