// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// What needs what, from left to right or downwards, each with its state. Arrow keys walk along the lines.
FocusScope {
    id: view

    required property GraphViewModel graph

    // To the right, or downwards where that leaves it larger; smaller than 0.6 of its size it is scrolled instead.
    // Sizes are whole pixels: a scaled picture would lose thin lines.
    readonly property real alongRight: fit(graph.layers * (200 + 40) - 40, graph.rows * (50 + 14))
    readonly property real alongDown: fit(graph.rows * (200 + 16), graph.layers * (50 + 40) - 40)
    readonly property bool downwards: alongDown > alongRight
    readonly property real zoom: Math.max(0.6, Math.min(1, Math.max(alongRight, alongDown)))
    readonly property int nodeWidth: 200 * zoom
    readonly property int nodeHeight: Math.max(42, 50 * zoom)
    readonly property int cellWidth: nodeWidth + (downwards ? 16 : 40) * zoom
    readonly property int cellHeight: nodeHeight + (downwards ? 40 : 14) * zoom

    function fit(across: real, down: real): real {
        return Math.min((width - 2 * Theme.small) / Math.max(1, across), (height - 2 * Theme.small) / Math.max(1, down));
    }

    /// Arrow keys as seen: where layers go downwards, Down is to the next layer.
    function walk(right: int, down: int) {
        graph.choose(graph.neighbour(graph.selected, downwards ? down : right));
    }

    /// Scrolls as little as it takes to see the whole of the node that is looked at, wherever it was chosen.
    function reveal() {
        if (graph.selectedColumn < 0) {
            return;
        }
        const x = drawing.x + Math.round((downwards ? graph.selectedRow : graph.selectedColumn) * cellWidth);
        const y = drawing.y + Math.round((downwards ? graph.selectedColumn : graph.selectedRow) * cellHeight);
        flickable.contentX = within(flickable.contentX, x, nodeWidth, flickable.width, flickable.contentWidth);
        flickable.contentY = within(flickable.contentY, y, nodeHeight, flickable.height, flickable.contentHeight);
    }

    /// Where the view has to begin, so that what begins at `from` is in it.
    function within(begin: real, from: real, size: real, room: real, whole: real): real {
        const wanted = Math.max(from + size + Theme.small - room, Math.min(begin, from - Theme.small));
        return Math.max(0, Math.min(whole - room, wanted));
    }

    activeFocusOnTab: true
    onActiveFocusChanged: {
        if (activeFocus && graph.selected === "") {
            walk(Qt.Key_Right, Qt.Key_Right);
        }
    }
    onWidthChanged: revealing.restart()
    onHeightChanged: revealing.restart()
    clip: true
    Accessible.role: Accessible.Graphic
    Accessible.name: graph.selectedText === "" ? "Dependency graph" : "Dependency graph: " + graph.selectedText
    Accessible.focusable: true
    Keys.onLeftPressed: walk(Qt.Key_Left, Qt.Key_Up)
    Keys.onRightPressed: walk(Qt.Key_Right, Qt.Key_Down)
    Keys.onUpPressed: walk(Qt.Key_Up, Qt.Key_Left)
    Keys.onDownPressed: walk(Qt.Key_Down, Qt.Key_Right)

    // Once everything has its place.
    Timer {
        id: revealing
        interval: 0
        onTriggered: view.reveal()
    }

    Connections {
        target: view.graph

        function onSelectedChanged() {
            revealing.restart();
        }

        function onArranged() {
            revealing.restart();
        }
    }

    Flickable {
        id: flickable
        objectName: "flickable"

        readonly property int across: view.downwards ? Math.ceil(view.graph.rows) : view.graph.layers
        readonly property int down: view.downwards ? view.graph.layers : Math.ceil(view.graph.rows)
        readonly property real drawnWidth: Math.max(0, across * view.cellWidth - (view.cellWidth - view.nodeWidth))
        readonly property real drawnHeight: Math.max(0, down * view.cellHeight - (view.cellHeight - view.nodeHeight))
        readonly property real wantedWidth: drawnWidth + 2 * Theme.small
        readonly property real wantedHeight: drawnHeight + 2 * Theme.small

        anchors.fill: parent
        contentWidth: Math.max(width, wantedWidth)
        contentHeight: Math.max(height, wantedHeight)
        boundsBehavior: Flickable.StopAtBounds

        Item {
            id: drawing

            x: Math.max(Theme.small, Math.round((flickable.width - drawing.width) / 2))
            y: Math.max(Theme.small, Math.round((flickable.height - drawing.height) / 2))
            width: flickable.drawnWidth
            height: flickable.drawnHeight

            GraphLines {
                anchors.fill: parent
                graph: view.graph
                cell: Qt.size(view.cellWidth, view.cellHeight)
                node: Qt.size(view.nodeWidth, view.nodeHeight)
                ink: Theme.text
                quiet: Theme.strongLine
                downwards: view.downwards
            }

            Repeater {
                model: view.graph.nodes

                Rectangle {
                    id: node

                    required property string key
                    required property string name
                    required property string stateText
                    required property int tone
                    required property double column
                    required property double row
                    required property bool current

                    x: Math.round((view.downwards ? row : column) * view.cellWidth)
                    y: Math.round((view.downwards ? column : row) * view.cellHeight)
                    width: view.nodeWidth
                    height: view.nodeHeight
                    radius: Theme.radius
                    color: key === view.graph.selected ? Theme.selected : tone === Tone.Danger ? Theme.dangerGround : tone === Tone.Active ? Theme.activeGround : tone === Tone.Attention || tone === Tone.Unknown ? Theme.cautionGround : Theme.surface
                    border.width: current ? 2 : 1
                    border.color: current ? Theme.accent : Theme.strongLine
                    Accessible.role: Accessible.ListItem
                    Accessible.name: name + ", " + stateText
                    Accessible.selectable: true
                    Accessible.selected: key === view.graph.selected

                    ColumnLayout {
                        anchors.fill: parent
                        anchors.leftMargin: Theme.small
                        anchors.rightMargin: Theme.small
                        anchors.topMargin: 3
                        anchors.bottomMargin: 3
                        spacing: 0

                        AppText {
                            text: node.name
                            kind: node.current ? AppText.Strong : AppText.Body
                            Layout.fillWidth: true
                        }

                        ToneMark {
                            tone: node.tone
                            text: node.stateText
                            glyph: node.tone === Tone.Normal && node.stateText !== "Healthy" ? Glyph.pending : defaultGlyph
                        }
                    }

                    TapHandler {
                        onTapped: {
                            view.forceActiveFocus();
                            view.graph.choose(node.key);
                        }
                    }

                    FocusFrame {
                        shown: view.activeFocus && node.key === view.graph.selected
                    }
                }
            }
        }
    }
}
