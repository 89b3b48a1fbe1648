// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// An incident, the procedures that fit it, and the plan that the chosen one would make.
ConsolePage {
    id: page

    required property IncidentViewModel model

    readonly property bool chosen: model.incident.key !== ""

    signal planChosen(string id)

    /// What is typed and not taken over yet becomes part of the preview; true if there was such.
    function takeOver(): bool {
        let taken = false;
        for (let i = 0; i < parameters.count; ++i) {
            taken = (parameters.itemAt(i) as ParameterField).commit() || taken;
        }
        return taken;
    }

    /// Does what is next, by button or key. A number that has just been typed is previewed first.
    function proceed() {
        if (takeOver()) {
            return;
        }
        if (model.openPlan !== "") {
            planChosen(model.openPlan);
        } else if (model.reason === "" && !model.busy) {
            model.startPlan();
        }
    }

    /// The keyboard goes to what is next here; false where there is nothing.
    function takeFocus(): bool {
        if (chosen && model.openPlan !== "") {
            start.forceActiveFocus(Qt.ShortcutFocusReason);
        } else if (chosen) {
            procedures.forceActiveFocus(Qt.ShortcutFocusReason);
        }
        return chosen;
    }

    leastHeight: !chosen ? 0 : narrow ? Theme.px(900) : Theme.px(420)

    // It is shown again: the files of procedures may be others than before.
    onEnabledChanged: {
        if (enabled) {
            model.readAgain();
        }
    }

    EmptyState {
        objectName: "nothingChosen"
        anchors.centerIn: parent
        width: Theme.px(360)
        visible: !page.chosen
        glyph: Glyph.incident
        text: "No incident is chosen. The overview lists them."
    }

    GridLayout {
        objectName: "chosen"
        columns: page.narrow ? 1 : 2
        anchors.fill: parent
        // Not invisible: a layout that is not visible misses what changes in it (Qt 6.4).
        opacity: page.chosen ? 1 : 0
        enabled: page.chosen
        columnSpacing: Theme.large
        rowSpacing: Theme.large

        ColumnLayout {
            spacing: Theme.large
            Layout.preferredWidth: 2
            Layout.fillWidth: true
            Layout.fillHeight: true

            Card {
                heading: page.model.incident.title
                Layout.fillWidth: true

                AppText {
                    text: page.model.incident.key + " · " + page.model.incident.type + " · " + page.model.incident.severity
                    quiet: true
                    Layout.fillWidth: true
                }

                AppText {
                    text: page.model.incident.status + ", opened " + page.model.incident.since
                    quiet: true
                    Layout.fillWidth: true
                }

                AppText {
                    text: page.model.incident.systems === "" ? "No system is named." : "Systems: " + page.model.incident.systems
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                }

                AppText {
                    objectName: "window"
                    text: "Altered since " + page.model.compromisedSince + " UTC · " + (page.model.containedAt === "" ? "not contained yet" : "contained " + page.model.containedAt + " UTC")
                    color: page.model.containedAt === "" ? Theme.caution : Theme.quiet
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                }

                Flow {
                    spacing: Theme.small
                    Layout.fillWidth: true

                    AppButton {
                        objectName: "incidentReport"
                        text: "Report"
                        glyph: Glyph.report
                        shortcutText: "Ctrl+R"
                        enabled: !page.model.busy
                        reason: "Something is being recorded or drawn."
                        onClicked: page.model.writeReport()
                    }

                    AppButton {
                        objectName: "lastPlan"
                        visible: page.model.incident.planId !== "" && page.model.openPlan === ""
                        text: "Open plan " + page.model.incident.planId
                        glyph: Glyph.plan
                        onClicked: page.planChosen(page.model.incident.planId)
                    }

                    AppButton {
                        objectName: "amendIncident"
                        visible: page.chosen && page.model.incident.open
                        text: "Change …"
                        recording: page.model.busy
                        enabled: reason === "" && !recording
                        reason: page.model.amendReason
                        onClicked: amendSheet.ask(page.model.incidentId)
                    }

                    AppButton {
                        objectName: "closeIncident"
                        visible: page.chosen && page.model.incident.open
                        text: "Close the incident …"
                        recording: page.model.busy
                        enabled: reason === "" && !recording
                        reason: page.model.closeReason
                        onClicked: closeSheet.ask(page.model.incidentId)
                    }
                }
            }

            Card {
                heading: "Procedures"
                Layout.fillWidth: true
                Layout.fillHeight: true

                ListView {
                    id: procedures
                    objectName: "procedures"
                    model: page.model.procedures
                    clip: true
                    activeFocusOnTab: true
                    highlightMoveDuration: 0
                    boundsBehavior: Flickable.StopAtBounds
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Accessible.role: Accessible.List
                    Accessible.name: "Procedures"
                    delegate: ProcedureLine {
                        width: procedures.width
                        chosen: key === page.model.procedure
                        highlighted: ListView.isCurrentItem && procedures.activeFocus
                        onClicked: {
                            procedures.currentIndex = index;
                            procedures.forceActiveFocus(Qt.MouseFocusReason);
                            page.model.procedure = key;
                        }
                    }
                    Keys.onReturnPressed: event => {
                        if (event.modifiers & Qt.ControlModifier) {
                            event.accepted = false;
                        } else {
                            (currentItem as ProcedureLine)?.clicked();
                        }
                    }
                    Keys.onEnterPressed: event => {
                        if (event.modifiers & Qt.ControlModifier) {
                            event.accepted = false;
                        } else {
                            (currentItem as ProcedureLine)?.clicked();
                        }
                    }

                    EmptyState {
                        objectName: "noProcedures"
                        anchors.centerIn: parent
                        width: parent.width - 2 * Theme.huge
                        visible: procedures.count === 0
                        glyph: Glyph.find
                        text: page.model.noProcedures
                    }
                }
            }
        }

        Card {
            heading: "The plan it would make"
            Layout.preferredWidth: 3
            Layout.fillWidth: true
            Layout.fillHeight: true

            Banner {
                objectName: "trouble"
                // A question says itself why it was refused.
                text: closeSheet.refusal === "" && amendSheet.refusal === "" ? page.model.trouble : ""
                Layout.fillWidth: true
                onClosed: page.model.clearTrouble()
            }

            Banner {
                objectName: "incidentReportWritten"
                text: page.model.reportPath === "" ? "" : "The report is at " + page.model.reportPath
                tone: Tone.Active
                Layout.fillWidth: true
                onClosed: page.model.clearReport()
            }

            ScrollList {
                id: preview
                objectName: "preview"
                label: "Steps of the plan it would make"
                model: page.model.steps
                Layout.fillWidth: true
                Layout.fillHeight: true
                delegate: StepLine {
                    width: preview.width - Theme.medium
                    plain: true
                }

                EmptyState {
                    objectName: "noSteps"
                    anchors.centerIn: parent
                    width: parent.width - 2 * Theme.huge
                    visible: preview.count === 0
                    glyph: Glyph.plan
                    text: page.model.noSteps
                }
            }

            Repeater {
                id: parameters
                model: page.model.parameters

                ParameterField {
                    Layout.fillWidth: true
                    onGiven: (key, value) => page.model.setParameter(key, value)
                }
            }

            LongText {
                visible: page.model.planHash !== ""
                full: "plan hash " + page.model.planHash
                whole: page.model.planHash
                kind: AppText.Caption
                quiet: true
                Layout.fillWidth: true
            }

            RowLayout {
                spacing: Theme.medium
                Layout.fillWidth: true

                AppText {
                    text: page.model.openPlan !== "" ? "Plan " + page.model.openPlan + " is open for this incident." : page.model.reason
                    quiet: true
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                }

                AppButton {
                    id: start
                    objectName: "startPlan"
                    text: page.model.openPlan !== "" ? "Open plan " + page.model.openPlan : "Start the plan"
                    primary: true
                    recording: page.model.busy
                    enabled: page.model.openPlan !== "" || (page.model.reason === "" && !recording)
                    reason: page.model.reason
                    shortcutText: "Ctrl+Return"
                    onClicked: page.proceed()
                }
            }
        }
    }

    Question {
        id: amendSheet

        AmendSheet {
            model: page.model
        }
    }

    Question {
        id: closeSheet

        AskSheet {
            heading: "Close " + subject
            text: page.model.closeText
            label: "Why it is over"
            verb: "Close the incident"
            danger: true
            onAccepted: reason => awaits(page.model.close(subject, reason))
        }
    }

    Connections {
        target: page.model

        function onAnswered(act: int, refusal: string) {
            closeSheet.sheet?.answered(act, refusal);
            amendSheet.sheet?.answered(act, refusal);
        }
    }
}
