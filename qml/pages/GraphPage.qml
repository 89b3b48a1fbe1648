// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Fusion
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// The network: what needs what, as a graph or as a table with the same facts, and beside it the system that is looked
/// at.
ConsolePage {
    id: page

    required property NetworkViewModel model

    readonly property bool asTable: views.current === 1

    function takeFocus(): bool {
        (asTable ? table : graph).forceActiveFocus(Qt.ShortcutFocusReason);
        return true;
    }

    function takeSearch(): bool {
        filter.forceActiveFocus(Qt.ShortcutFocusReason);
        return true;
    }

    function look(system: string) {
        model.selected = system;
    }

    leastHeight: narrow ? Theme.px(900) : Theme.px(420)
    Keys.onPressed: event => {
        if (ScreenText.letterOf(event.key, event.nativeScanCode) === "T" && event.modifiers === Qt.NoModifier) {
            views.current = asTable ? 0 : 1;
            takeFocus();
            event.accepted = true;
        }
    }

    component Neighbours: ColumnLayout {
        id: neighbours

        required property string heading
        required property string none
        required property RowModelBase systems

        spacing: 0

        AppText {
            text: neighbours.heading
            kind: AppText.Caption
            quiet: true
        }

        AppText {
            visible: neighbours.systems.count === 0
            text: neighbours.none
        }

        Repeater {
            model: neighbours.systems

            NeighbourLine {
                onClicked: page.look(key)
                Layout.fillWidth: true
            }
        }
    }

    GridLayout {
        anchors.fill: parent
        columns: page.narrow ? 1 : 2
        columnSpacing: Theme.large
        rowSpacing: Theme.large

        Card {
            Layout.preferredWidth: 5
            Layout.preferredHeight: 6
            Layout.fillWidth: true
            Layout.fillHeight: true

            RowLayout {
                spacing: Theme.medium
                Layout.fillWidth: true

                AppField {
                    id: filter
                    objectName: "filter"
                    label: ""
                    hint: "Find a system  Ctrl+F"
                    Layout.maximumWidth: Theme.px(320)
                    Layout.fillWidth: true
                    Accessible.name: "Find a system"
                    onTextChanged: page.model.filter = text
                    onAccepted: page.model.findNext()
                    Keys.onEscapePressed: {
                        clear();
                        page.takeFocus();
                    }
                }

                AppText {
                    objectName: "filterText"
                    text: page.model.filterText
                    quiet: true
                    Layout.fillWidth: true
                }

                TabStrip {
                    id: views
                    objectName: "views"
                    names: ["Graph", "Table"]
                }
            }

            Banner {
                text: page.model.trouble
                tone: Tone.Attention
                closable: false
                Layout.fillWidth: true
            }

            PageStack {
                currentIndex: page.asTable ? 1 : 0
                Layout.fillWidth: true
                Layout.fillHeight: true

                GraphView {
                    id: graph
                    objectName: "networkGraph"
                    graph: page.model.graph

                    EmptyState {
                        anchors.centerIn: parent
                        width: Math.min(parent.width, Theme.px(360))
                        visible: page.model.graph.count === 0
                        glyph: Glyph.network
                        text: "No system is known yet. An inventory file names them."
                    }
                }

                ListView {
                    id: table
                    objectName: "networkTable"
                    model: page.model.systems
                    currentIndex: page.model.selectedIndex
                    keyNavigationEnabled: false
                    clip: true
                    // What is made ahead, and gone before it is there, is complained of (Qt 6.4).
                    cacheBuffer: 0
                    activeFocusOnTab: true
                    highlightMoveDuration: 0
                    boundsBehavior: Flickable.StopAtBounds
                    Accessible.role: Accessible.List
                    Accessible.name: "Systems"
                    delegate: SystemLine {
                        id: line

                        width: table.width - Theme.medium
                        chosen: key === page.model.selected
                        highlighted: ListView.isCurrentItem && table.activeFocus

                        TapHandler {
                            onTapped: {
                                table.forceActiveFocus(Qt.MouseFocusReason);
                                page.look(line.key);
                            }
                        }
                    }
                    Keys.onUpPressed: page.model.selectNeighbour(-1)
                    Keys.onDownPressed: page.model.selectNeighbour(1)
                    Keys.onPressed: event => {
                        const by = event.key === Qt.Key_PageUp ? -10 : event.key === Qt.Key_PageDown ? 10 : event.key === Qt.Key_Home ? -count : event.key === Qt.Key_End ? count : 0;
                        if (by !== 0) {
                            page.model.selectNeighbour(by);
                            event.accepted = true;
                        }
                    }

                    ScrollBar.vertical: ScrollBar {
                        policy: table.contentHeight > table.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
                    }

                    EmptyState {
                        anchors.centerIn: parent
                        width: parent.width - 2 * Theme.huge
                        visible: table.count === 0
                        glyph: Glyph.find
                        text: page.model.filterText === "" ? "No system is known yet. An inventory file names them." : "No system is called so."
                    }
                }
            }
        }

        Card {
            heading: page.model.selected === "" ? "No system is chosen" : page.model.system.name
            Layout.preferredWidth: 2
            Layout.preferredHeight: 4
            Layout.fillWidth: true
            Layout.fillHeight: true

            EmptyState {
                visible: page.model.selected === ""
                glyph: Glyph.find
                text: "The arrow keys walk along the lines. T shows the same as a table."
                Layout.fillWidth: true
            }

            Scroll {
                visible: page.model.selected !== ""
                contentWidth: width
                contentHeight: facts.implicitHeight
                Layout.fillWidth: true
                Layout.fillHeight: true

                ColumnLayout {
                    id: facts
                    width: parent.width - Theme.medium
                    spacing: Theme.medium

                    RowLayout {
                        spacing: Theme.medium
                        Layout.fillWidth: true

                        ToneMark {
                            tone: page.model.system.tone
                            text: page.model.system.stateText
                        }

                        AppText {
                            text: page.model.about
                            quiet: true
                            Layout.fillWidth: true
                        }

                        AppText {
                            text: page.model.system.age + " s ago"
                            kind: AppText.Caption
                            quiet: true
                        }
                    }

                    AppText {
                        objectName: "reach"
                        text: page.model.reach
                        wrapMode: Text.Wrap
                        Layout.fillWidth: true
                    }

                    Repeater {
                        model: page.model.checks

                        HealthCheckLine {
                            Layout.fillWidth: true
                        }
                    }

                    Neighbours {
                        heading: "It needs"
                        none: "Nothing."
                        systems: page.model.needs
                        Layout.fillWidth: true
                    }

                    Neighbours {
                        heading: "Needed by"
                        none: "Nothing."
                        systems: page.model.neededBy
                        Layout.fillWidth: true
                    }
                }
            }
        }
    }
}
