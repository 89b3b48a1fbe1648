// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// One plan: the checklist, the step that is looked at, and the one thing to do next.
FocusScope {
    id: page

    required property PlanViewModel model

    /// Does what is next, by button or key.
    function proceed() {
        sheets.proceed();
    }

    /// Does the other thing that can be done from here.
    function proceedOtherwise() {
        sheets.proceedOtherwise();
    }

    /// The keyboard goes to the checklist, as soon as there is one; false without a plan.
    function takeFocus(): bool {
        if (model.planId === "") {
            return false;
        }
        if (model.known) {
            steps.forceActiveFocus(Qt.ShortcutFocusReason);
        } else {
            page.forceActiveFocus(Qt.ShortcutFocusReason);
        }
        return true;
    }

    Connections {
        target: page.model

        function onChanged() {
            if (page.Window.activeFocusItem === page && page.model.known) {
                steps.forceActiveFocus(Qt.ShortcutFocusReason);
            }
        }
    }

    EmptyState {
        anchors.centerIn: parent
        width: 360
        visible: !page.model.known
        glyph: Glyph.plan
        text: page.model.planId === "" ? "No plan is open. A plan is started from an incident." : "Looking for " + page.model.planId + " …"
    }

    ColumnLayout {
        anchors.fill: parent
        // Not invisible: a layout that is not visible misses what changes in it (Qt 6.4).
        opacity: page.model.known ? 1 : 0
        enabled: page.model.known
        spacing: Theme.medium

        RowLayout {
            spacing: Theme.medium
            Layout.fillWidth: true

            AppText {
                objectName: "planTitle"
                text: page.model.planId + " · " + page.model.title + (page.model.rehearsal ? " · REHEARSAL" : "")
                kind: AppText.Title
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
            }

            ToneMark {
                objectName: "planStatus"
                tone: page.model.statusTone
                text: page.model.statusText
                strong: true
                Layout.rightMargin: Theme.small
            }

            AppButton {
                text: "Report"
                glyph: Glyph.report
                shortcutText: "Ctrl+R"
                enabled: !page.model.busy
                onClicked: page.model.writeReport()
            }

            AppButton {
                visible: page.model.open
                text: "Note …"
                onClicked: sheets.note()
            }

            AppButton {
                visible: page.model.open && page.model.guidance.deed !== Deed.Resume
                text: "Pause …"
                onClicked: sheets.pause()
            }

            AppButton {
                visible: page.model.open && !page.model.running
                text: "Abort …"
                danger: true
                onClicked: sheets.abort()
            }
        }

        RowLayout {
            spacing: Theme.large
            Layout.fillWidth: true

            AppText {
                text: page.model.incident
                quiet: true
                Layout.fillWidth: true
            }

            AppText {
                text: page.model.timeText
                quiet: true
            }
        }

        Banner {
            text: page.model.trouble
            Layout.fillWidth: true
            onClosed: page.model.clearTrouble()
        }

        Banner {
            objectName: "reportWritten"
            text: page.model.reportPath === "" ? "" : "The report is at " + page.model.reportPath
            tone: Tone.Active
            Layout.fillWidth: true
            onClosed: page.model.clearReport()
        }

        RowLayout {
            spacing: Theme.large
            Layout.fillWidth: true
            Layout.fillHeight: true

            Card {
                heading: "Checklist"
                Layout.preferredWidth: 5
                Layout.fillWidth: true
                Layout.fillHeight: true

                ListView {
                    id: steps
                    objectName: "steps"
                    model: page.model.steps
                    currentIndex: page.model.selectedIndex
                    clip: true
                    focus: true
                    activeFocusOnTab: true
                    highlightMoveDuration: 0
                    boundsBehavior: Flickable.StopAtBounds
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Accessible.role: Accessible.List
                    Accessible.name: "Steps"
                    delegate: StepLine {
                        width: steps.width
                        selected: key === page.model.selected
                        highlighted: ListView.isCurrentItem && steps.activeFocus
                        onClicked: page.model.selected = key
                    }
                    Keys.onUpPressed: page.model.selectNeighbour(-1)
                    Keys.onDownPressed: page.model.selectNeighbour(1)
                }
            }

            ColumnLayout {
                spacing: Theme.small
                Layout.preferredWidth: 5
                Layout.fillWidth: true
                Layout.fillHeight: true

                TabStrip {
                    id: tabs
                    objectName: "tabs"
                    names: ["Step", "Graph", "Systems", "Log", "Charts"]
                }

                PageStack {
                    currentIndex: tabs.current
                    Layout.fillWidth: true
                    Layout.fillHeight: true

                    ColumnLayout {
                        spacing: Theme.large

                        StepCard {
                            plan: page.model
                            Layout.fillWidth: true
                            Layout.fillHeight: true
                        }

                        VerificationCard {
                            plan: page.model
                            Layout.fillWidth: true
                        }
                    }

                    Card {
                        heading: "What needs what"

                        GraphView {
                            objectName: "stepGraph"
                            graph: page.model.stepGraph
                            Layout.fillWidth: true
                            Layout.fillHeight: true
                        }
                    }

                    ColumnLayout {
                        spacing: Theme.large

                        Card {
                            heading: "The network"
                            Layout.fillWidth: true
                            Layout.fillHeight: true

                            GraphView {
                                objectName: "systemGraph"
                                graph: page.model.systemGraph
                                Layout.fillWidth: true
                                Layout.fillHeight: true
                            }
                        }

                        Card {
                            heading: "Systems of the incident"
                            Layout.fillWidth: true

                            Scroll {
                                contentHeight: affected.implicitHeight
                                Layout.fillWidth: true
                                Layout.preferredHeight: Math.min(affected.implicitHeight, 160)

                                Column {
                                    id: affected
                                    width: parent.width - Theme.medium

                                    Repeater {
                                        model: page.model.systems

                                        SystemLine {
                                            width: affected.width
                                        }
                                    }
                                }
                            }
                        }
                    }

                    Card {
                        heading: "What the work says"
                        Layout.fillWidth: true
                        Layout.fillHeight: true

                        ScrollList {
                            id: log
                            objectName: "log"
                            label: "What the work says"
                            model: page.model.log
                            Layout.fillWidth: true
                            Layout.fillHeight: true
                            delegate: LogLine {
                                width: log.width - Theme.medium
                            }

                            EmptyState {
                                anchors.centerIn: parent
                                width: parent.width
                                visible: log.count === 0
                                text: "What the work says while this window looks on appears here."
                            }
                        }
                    }

                    ColumnLayout {
                        spacing: Theme.large

                        Card {
                            heading: "Block heights"
                            Layout.fillWidth: true
                            Layout.fillHeight: true

                            ChartPlace {
                                id: heightsPlace
                                upwards: "Block height, in blocks"
                                along: "Local time of day"
                                Layout.fillWidth: true
                                Layout.fillHeight: true

                                Repeater {
                                    model: heightsPlace.seen ? 1 : 0

                                    HeightsChart {
                                        objectName: "heightsChart"
                                        heights: page.model.heights
                                        anchors.fill: parent
                                    }
                                }
                            }
                        }

                        Card {
                            heading: "Expected and actual time of the steps"
                            Layout.fillWidth: true
                            Layout.fillHeight: true

                            ChartPlace {
                                id: durationsPlace
                                upwards: "Time, in seconds"
                                along: "Step, by its number in the checklist"
                                Layout.fillWidth: true
                                Layout.fillHeight: true

                                Repeater {
                                    model: durationsPlace.seen ? 1 : 0

                                    DurationsChart {
                                        objectName: "durationsChart"
                                        plan: page.model
                                        anchors.fill: parent
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    PlanSheets {
        id: sheets
        plan: page.model
    }
}
