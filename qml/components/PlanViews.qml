// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// What is to be seen of a plan beside its checklist, a view at a time: the step that is looked at, the graph, the
/// systems, what is left behind, what the work says, and how long it takes.
ColumnLayout {
    id: views

    required property PlanViewModel plan

    /// What hears the keys of the steps, in their graph too.
    required property Item stepKeys

    signal acted(int deed)

    /// Shows a step on its own.
    function look(step: string) {
        plan.selected = step;
        tabs.current = 0;
    }

    /// The keyboard goes to what can be done with the step.
    function openStep() {
        tabs.current = 0;
        stepCard.takeFocus();
    }

    /// From the step to the graph, which gets the keyboard, and back; true if it is the graph now.
    function toggleGraph(): bool {
        tabs.current = tabs.current === 1 ? 0 : 1;
        if (tabs.current === 1) {
            graphPlace.made.nextItemInFocusChain().forceActiveFocus(Qt.ShortcutFocusReason);
        }
        return tabs.current === 1;
    }

    spacing: Theme.small

    TabStrip {
        id: tabs
        objectName: "tabs"
        names: ["Step", "Graph", "Systems", "Leftovers", "Log", "Charts"]
    }

    PageStack {
        currentIndex: tabs.current
        Layout.fillWidth: true
        Layout.fillHeight: true

        ColumnLayout {
            spacing: Theme.large

            StepCard {
                id: stepCard
                plan: views.plan
                onActed: deed => views.acted(deed)
                Layout.fillWidth: true
                Layout.fillHeight: true
            }

            VerificationCard {
                plan: views.plan
                narrow: views.height < Theme.px(560)
                Layout.fillWidth: true
            }
        }

        ViewPlace {
            id: graphPlace
            wanted: tabs.current === 1

            Card {
                heading: "What needs what"

                GraphView {
                    objectName: "stepGraph"
                    graph: views.plan.stepGraph
                    Keys.forwardTo: [views.stepKeys]
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                }
            }
        }

        ViewPlace {
            wanted: tabs.current === 2

            ColumnLayout {
                spacing: Theme.large

                Card {
                    heading: "The network"
                    Layout.fillWidth: true
                    Layout.fillHeight: true

                    GraphView {
                        objectName: "systemGraph"
                        graph: views.plan.systemGraph
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
                        Layout.preferredHeight: Math.min(affected.implicitHeight, Theme.px(160))

                        Column {
                            id: affected
                            width: parent.width - Theme.medium

                            Repeater {
                                model: views.plan.systems

                                SystemLine {
                                    width: affected.width
                                }
                            }
                        }
                    }
                }
            }
        }

        ViewPlace {
            wanted: tabs.current === 3

            Card {
                heading: "What the plan has changed so far"

                ScrollList {
                    id: leftovers
                    objectName: "leftovers"
                    label: "What the plan has changed so far"
                    model: views.plan.leftovers
                    spacing: Theme.medium
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    delegate: LeftoverLine {
                        width: leftovers.width - Theme.medium
                        onChosen: step => views.look(step)
                    }

                    EmptyState {
                        anchors.centerIn: parent
                        width: parent.width
                        visible: leftovers.count === 0
                        text: "Nothing that would have to be taken back or cleaned up."
                    }
                }
            }
        }

        ViewPlace {
            wanted: tabs.current === 4

            Card {
                heading: "What the work says"

                ScrollList {
                    id: log
                    objectName: "log"
                    label: "What the work says"
                    model: views.plan.log
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    delegate: LogLine {
                        width: log.width - Theme.medium
                    }

                    EmptyState {
                        anchors.centerIn: parent
                        width: parent.width
                        visible: log.count === 0
                        text: "What the work says while it goes on appears here, in this window and in others."
                    }
                }
            }
        }

        ViewPlace {
            wanted: tabs.current === 5

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
                        legend: Repeater {
                            model: views.plan.heights.nodes

                            LegendMark {
                                required property int index

                                ink: Theme.lines[index % Theme.lines.length]
                            }
                        }
                        Layout.fillWidth: true
                        Layout.fillHeight: true

                        Repeater {
                            model: heightsPlace.seen ? 1 : 0

                            HeightsChart {
                                objectName: "heightsChart"
                                heights: views.plan.heights
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
                        legend: [
                            LegendMark {
                                name: "expected"
                                ink: Theme.line
                            },
                            LegendMark {
                                name: "actual"
                                ink: Theme.accent
                            }
                        ]
                        Layout.fillWidth: true
                        Layout.fillHeight: true

                        Repeater {
                            model: durationsPlace.seen ? 1 : 0

                            DurationsChart {
                                objectName: "durationsChart"
                                plan: views.plan
                                anchors.fill: parent
                            }
                        }
                    }
                }
            }
        }
    }
}
