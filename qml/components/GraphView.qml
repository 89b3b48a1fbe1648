// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// What needs what, from left to right or downwards, each with its state. Arrow keys walk along the lines; the wheel
/// and +, - and 0 zoom, and the pointer drags.
FocusScope {
    id: view

    required property GraphViewModel graph

    readonly property bool downwards: scene.downwards

    /// Arrow keys as seen: where layers go downwards, Down is to the next layer.
    function walk(right: int, down: int) {
        graph.choose(graph.neighbour(graph.selected, downwards ? down : right));
    }

    function zoom(factor: real) {
        scene.zoomBy(factor, Qt.point(scene.width / 2, scene.height / 2));
    }

    component Tool: AppButton {
        implicitWidth: implicitHeight
        leftPadding: 0
        rightPadding: 0
        focusPolicy: Qt.NoFocus
    }

    activeFocusOnTab: true
    onActiveFocusChanged: {
        if (activeFocus && graph.selected === "") {
            walk(Qt.Key_Right, Qt.Key_Right);
        }
    }
    Accessible.role: Accessible.Graphic
    Accessible.name: graph.selectedText === "" ? "Dependency graph" : "Dependency graph: " + graph.selectedText
    Accessible.focusable: true
    Keys.onLeftPressed: walk(Qt.Key_Left, Qt.Key_Up)
    Keys.onRightPressed: walk(Qt.Key_Right, Qt.Key_Down)
    Keys.onUpPressed: walk(Qt.Key_Up, Qt.Key_Left)
    Keys.onDownPressed: walk(Qt.Key_Down, Qt.Key_Right)
    Keys.onPressed: event => {
        switch (event.key) {
        case Qt.Key_Plus:
        case Qt.Key_Equal:
            zoom(1.25);
            break;
        case Qt.Key_Minus:
            zoom(0.8);
            break;
        case Qt.Key_0:
            scene.fit();
            break;
        default:
            return;
        }
        event.accepted = true;
    }

    GraphTheme {
        id: look
        ground: Theme.surface
        node: Theme.surface
        text: Theme.text
        quiet: Theme.quiet
        line: Theme.strongLine
        accent: Theme.accent
        active: Theme.active
        activeGround: Theme.activeGround
        caution: Theme.caution
        cautionGround: Theme.cautionGround
        danger: Theme.danger
        dangerGround: Theme.dangerGround
        family: Theme.family
        icons: Theme.icons
        glyphs: [Glyph.ok, Glyph.ok, Glyph.running, Glyph.warning, Glyph.failed, Glyph.unknown, Glyph.skipped, Glyph.undone]
        pending: Glyph.pending
    }

    GraphScene {
        id: scene
        objectName: "scene"
        graph: view.graph
        theme: look
        anchors.fill: parent
        clip: true
        Accessible.role: Accessible.List
        Accessible.name: "Nodes"
        onTapped: key => {
            view.forceActiveFocus();
            view.graph.choose(key);
        }

        Rectangle {
            x: scene.hoveredRect.x
            y: scene.hoveredRect.y
            width: scene.hoveredRect.width
            height: scene.hoveredRect.height
            visible: scene.hovered !== ""
            radius: Theme.radius * scene.zoom
            color: "transparent"
            border.width: 1
            border.color: Theme.text

            AppTip {
                wanted: scene.hovered !== ""
                text: scene.hoveredText
            }
        }

        Rectangle {
            x: scene.selectedRect.x
            y: scene.selectedRect.y
            width: scene.selectedRect.width
            height: scene.selectedRect.height
            visible: width > 0
            radius: Theme.radius * scene.zoom
            color: "transparent"
            border.width: Theme.focusWidth
            border.color: Theme.accent

            FocusFrame {
                shown: view.activeFocus
            }
        }
    }

    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width, Theme.px(320))
        visible: view.graph.arranging
        text: "Arranging " + view.graph.count + " of them …"
    }

    Rectangle {
        anchors.fill: tools
        visible: tools.visible
        radius: Theme.radius
        color: Theme.surface
    }

    Row {
        id: tools
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        spacing: Theme.tiny
        visible: !view.graph.arranging && (scene.moved || !scene.whole)

        Tool {
            text: "−"
            Accessible.name: "Smaller"
            onClicked: view.zoom(0.8)
        }

        Tool {
            text: "+"
            Accessible.name: "Larger"
            onClicked: view.zoom(1.25)
        }

        Tool {
            text: "0"
            Accessible.name: "The whole"
            onClicked: scene.fit()
        }
    }

    Rectangle {
        objectName: "map"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: Theme.px(168)
        height: Theme.px(112)
        visible: !view.graph.arranging && !scene.whole && view.width > Theme.px(420) && view.height > Theme.px(280)
        color: Theme.surface
        border.width: 1
        border.color: Theme.strongLine

        GraphScene {
            id: map
            graph: view.graph
            theme: look
            of: scene
            anchors.fill: parent
            anchors.margins: 1
            clip: true

            Rectangle {
                x: Math.floor(map.drawn.x + scene.seen.x * map.drawn.width)
                y: Math.floor(map.drawn.y + scene.seen.y * map.drawn.height)
                width: Math.ceil(scene.seen.width * map.drawn.width)
                height: Math.ceil(scene.seen.height * map.drawn.height)
                color: "transparent"
                border.width: 2
                border.color: Theme.accent
            }

            MouseArea {
                anchors.fill: parent
                hoverEnabled: true // what lies below is not meant
                onPressed: event => show(event)
                onPositionChanged: event => {
                    if (pressed) {
                        show(event);
                    }
                }

                function show(event: MouseEvent) {
                    scene.centreOn(Qt.point((event.x - map.drawn.x) / map.drawn.width, (event.y - map.drawn.y) / map.drawn.height));
                }
            }
        }
    }
}
