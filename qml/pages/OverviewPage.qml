// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// What is broken, what is proposed, what is in hand.
ConsolePage {
    id: page

    required property OverviewViewModel model

    signal incidentChosen(string id)
    signal planChosen(string id)

    /// The keyboard goes to the first list in which there is something; never to a button, which the key that signed in,
    /// pressed once too often, would press.
    function takeFocus(): bool {
        const first = model.plans.count > 1 ? plans : incidents.count > 0 ? incidents : systems;
        first.forceActiveFocus(Qt.ShortcutFocusReason);
        return true;
    }

    /// The keyboard goes to what is proposed.
    function takeProposals() {
        (proposed.itemAt(0) as ProposalLine)?.takeFocus();
    }

    leastHeight: narrow ? Theme.px(760) : Theme.px(400)

    AskSheet {
        id: dismissSheet

        property string title

        heading: "Dismiss “" + title + "”"
        text: "It is not proposed again while the trouble lasts."
        label: "Why it is no incident"
        verb: "Dismiss it"
        onAccepted: text => awaits(page.model.dismiss(subject, text))
    }

    Connections {
        target: page.model

        function onAnswered(act: int, refusal: string) {
            dismissSheet.answered(act, refusal);
        }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.large

        Banner {
            objectName: "trouble"
            // A question says itself why it was refused.
            text: dismissSheet.refusal === "" ? page.model.trouble : ""
            Layout.fillWidth: true
            onClosed: page.model.clearTrouble()
        }

        GridLayout {
            columns: page.narrow ? 1 : 2
            columnSpacing: Theme.large
            rowSpacing: Theme.large

            Card {
                heading: "Systems"
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 3

                Banner {
                    text: page.model.systemsTrouble
                    tone: Tone.Attention
                    closable: false
                    Layout.fillWidth: true
                }

                ScrollList {
                    id: systems
                    objectName: "systems"
                    label: "Systems"
                    model: page.model.systems
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    delegate: SystemLine {
                        width: systems.width - Theme.medium
                    }

                    EmptyState {
                        anchors.centerIn: parent
                        width: parent.width - 2 * Theme.huge
                        visible: systems.count === 0
                        glyph: page.model.readable ? Glyph.ok : Glyph.unknown
                        text: page.model.noSystems
                    }
                }
            }

            ColumnLayout {
                spacing: Theme.large
                Layout.preferredWidth: 2
                Layout.fillWidth: true
                Layout.fillHeight: true

                Card {
                    heading: "Proposed"
                    visible: page.model.proposals.count > 0
                    Layout.fillWidth: true

                    // Not part of the layout: text that wraps would have it go round in circles (Qt 6.4).
                    Scroll {
                        contentHeight: proposals.implicitHeight
                        Layout.fillWidth: true
                        Layout.preferredHeight: Math.min(proposals.implicitHeight, page.height / 2)

                        Column {
                            id: proposals
                            width: parent.width - Theme.medium
                            spacing: Theme.medium

                            Repeater {
                                id: proposed
                                model: page.model.proposals

                                ProposalLine {
                                    id: proposal

                                    width: proposals.width
                                    confirmReason: page.model.confirmReason
                                    dismissReason: page.model.dismissReason
                                    onConfirmed: key => page.model.confirm(key)
                                    onDismissed: key => {
                                        dismissSheet.title = proposal.title;
                                        dismissSheet.ask(key);
                                    }
                                }
                            }
                        }
                    }
                }

                // One alone stands in the band and below.
                Card {
                    heading: "Open plans"
                    visible: page.model.plans.count > 1
                    Layout.fillWidth: true

                    ListView {
                        id: plans
                        objectName: "plans"
                        model: page.model.plans
                        clip: true
                        activeFocusOnTab: true
                        highlightMoveDuration: 0
                        boundsBehavior: Flickable.StopAtBounds
                        Layout.fillWidth: true
                        Layout.preferredHeight: Math.min(contentHeight, page.height / 3)
                        Accessible.role: Accessible.List
                        Accessible.name: "Open plans"
                        delegate: PlanLine {
                            width: plans.width
                            highlighted: ListView.isCurrentItem && plans.activeFocus
                            onClicked: page.planChosen(key)
                        }
                        Keys.onReturnPressed: event => {
                            if (event.modifiers & Qt.ControlModifier) {
                                event.accepted = false;
                            } else {
                                (currentItem as PlanLine)?.clicked();
                            }
                        }
                        Keys.onEnterPressed: event => {
                            if (event.modifiers & Qt.ControlModifier) {
                                event.accepted = false;
                            } else {
                                (currentItem as PlanLine)?.clicked();
                            }
                        }
                    }
                }

                Card {
                    heading: "Incidents"
                    Layout.fillWidth: true
                    Layout.fillHeight: true

                    ListView {
                        id: incidents
                        objectName: "incidents"
                        model: page.model.incidents
                        clip: true
                        activeFocusOnTab: true
                        highlightMoveDuration: 0
                        boundsBehavior: Flickable.StopAtBounds
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Accessible.role: Accessible.List
                        Accessible.name: "Incidents"
                        delegate: IncidentLine {
                            width: incidents.width
                            highlighted: ListView.isCurrentItem && incidents.activeFocus
                            onClicked: page.incidentChosen(key)
                        }
                        Keys.onReturnPressed: event => {
                            if (event.modifiers & Qt.ControlModifier) {
                                event.accepted = false;
                            } else {
                                (currentItem as IncidentLine)?.clicked();
                            }
                        }
                        Keys.onEnterPressed: event => {
                            if (event.modifiers & Qt.ControlModifier) {
                                event.accepted = false;
                            } else {
                                (currentItem as IncidentLine)?.clicked();
                            }
                        }

                        EmptyState {
                            anchors.centerIn: parent
                            width: parent.width - 2 * Theme.huge
                            visible: incidents.count === 0
                            glyph: page.model.readable ? Glyph.ok : Glyph.unknown
                            text: page.model.noIncidents
                        }
                    }
                }
            }
        }
    }
}
