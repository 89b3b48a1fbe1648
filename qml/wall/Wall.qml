// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Fusion
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// For a room: read from five metres, touched by nobody. All sizes are parts of the height; the smallest text is 1/40.
ApplicationWindow {
    id: wall

    required property WallViewModel model
    property int shade: Appearance.Light

    readonly property real unit: Math.min(height / 40, width / 64)

    component WallText: AppText {
        property real lines: 1

        font.pixelSize: Math.max(8, wall.unit * lines)
    }

    width: 1280
    height: 720
    visible: true
    color: Theme.window
    title: "ProzChain Recovery Wall"
    font.family: Theme.family

    Binding {
        target: Theme
        property: "shade"
        value: wall.shade
    }

    Binding {
        target: wall.model
        property: "places"
        value: tiles.places
        // Not at once: it changes the list, which the view may be laying out.
        delayed: true
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Rectangle {
            id: band

            readonly property color ink: wall.model.frame.practice ? Theme.practiceBandInk : Theme.liveBandInk

            color: wall.model.frame.practice ? Theme.practiceBand : Theme.liveBand
            implicitHeight: wall.unit * 4
            Layout.fillWidth: true

            Hatch {
                objectName: "hatch"
                anchors.fill: parent
                visible: wall.model.frame.band === FrameViewModel.Rehearsal
                ink: band.ink
                pitch: wall.unit * 1.6
            }

            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: wall.unit
                anchors.rightMargin: wall.unit
                spacing: wall.unit * 2

                WallText {
                    text: wall.model.frame.bandText
                    lines: 1.6
                    font.weight: Font.DemiBold
                    color: band.ink
                }

                WallText {
                    text: wall.model.incidentText
                    lines: 1.4
                    color: band.ink
                    Layout.fillWidth: true
                }

                WallText {
                    text: wall.model.frame.clock
                    lines: 1.6
                    font.family: Theme.figures
                    color: band.ink
                }
            }
        }

        // No layout: one from which an item goes and that is resized before the next frame still counts on it (Qt 6.4).
        Column {
            Layout.fillWidth: true

            Repeater {
                objectName: "alarms"
                model: wall.model.alarms

                Rectangle {
                    id: alarm

                    required property string modelData

                    color: Theme.alarm
                    width: parent.width
                    height: wall.unit * 3.4

                    WallText {
                        anchors.centerIn: parent
                        width: parent.width - 2 * wall.unit
                        horizontalAlignment: Text.AlignHCenter
                        text: alarm.modelData
                        lines: 2
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: wall.unit
                        font.weight: Font.DemiBold
                        color: Theme.alarmInk
                    }
                }
            }
        }

        ColumnLayout {
            spacing: wall.unit * 0.6
            Layout.fillWidth: true
            Layout.margins: wall.unit * 1.5

            RowLayout {
                spacing: wall.unit * 2
                Layout.fillWidth: true

                WallText {
                    text: wall.model.headline
                    color: wall.model.headlineTone === Tone.Danger ? Theme.danger : wall.model.headlineTone === Tone.Normal ? Theme.text : Theme.caution
                    lines: 4
                    font.weight: Font.DemiBold
                    Layout.fillWidth: true
                }

                ColumnLayout {
                    visible: wall.model.underWay
                    spacing: 0

                    WallText {
                        text: wall.model.elapsed
                        lines: 2.2
                        font.family: Theme.figures
                        Layout.alignment: Qt.AlignRight
                    }

                    WallText {
                        text: wall.model.eta
                        lines: 1.2
                        quiet: true
                        Layout.alignment: Qt.AlignRight
                    }

                    WallText {
                        objectName: "objective"
                        visible: text !== ""
                        text: wall.model.objective
                        lines: 1.2
                        color: wall.model.late ? Theme.danger : Theme.quiet
                        Layout.alignment: Qt.AlignRight
                    }
                }
            }

            RowLayout {
                visible: wall.model.stepsTotal > 0
                spacing: wall.unit
                Layout.fillWidth: true

                Rectangle {
                    color: Theme.line
                    radius: height / 2
                    implicitHeight: wall.unit * 0.8
                    Layout.fillWidth: true

                    Rectangle {
                        width: parent.width * wall.model.stepsDone / Math.max(1, wall.model.stepsTotal)
                        height: parent.height
                        radius: parent.radius
                        color: Theme.accent
                    }
                }

                WallText {
                    text: wall.model.stepsDone + " of " + wall.model.stepsTotal
                    lines: 1.4
                    font.family: Theme.figures
                }
            }

            WallText {
                objectName: "otherPlans"
                visible: text !== ""
                text: wall.model.otherPlans
                lines: 1.2
                quiet: true
                Layout.fillWidth: true
            }

            WallText {
                visible: text !== ""
                text: wall.model.step
                lines: 2.2
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
                Layout.fillWidth: true
            }

            WallText {
                visible: text !== ""
                text: wall.model.waiting
                lines: 1.5
                color: wall.model.waitsForPeople ? Theme.caution : Theme.quiet
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
                Layout.fillWidth: true
            }
        }

        WallText {
            text: wall.model.underWay ? wall.model.healthyText : wall.model.idleText
            lines: 2.2
            font.weight: Font.DemiBold
            color: wall.model.underWay && wall.model.frame.systemsTone === Tone.Danger ? Theme.danger : Theme.text
            Layout.leftMargin: wall.unit * 1.5
        }

        GridView {
            id: tiles
            objectName: "tiles"

            // Not the view's own count, which changes while the view lays its tiles out.
            readonly property int total: wall.model.systems.count
            readonly property int across: Math.max(1, Math.min(total, Math.floor(width / (wall.unit * 14))))

            model: wall.model.systems
            interactive: false
            clip: true
            cellWidth: width / across
            // As large as there is room, and never too small to be read; what does not fit is counted.
            readonly property int linesWanted: Math.ceil(total / across)
            readonly property int linesShown: Math.max(1, Math.floor(height / cellHeight))
            readonly property int places: linesShown * across
            readonly property int unseen: Math.max(0, total - places)

            cellHeight: Math.max(wall.unit * 5.7, Math.min(wall.unit * 7, height / Math.max(1, linesWanted)))
            Layout.margins: wall.unit
            Layout.fillWidth: true
            Layout.fillHeight: true

            delegate: Item {
                id: tile

                required property string name
                required property string stateText
                required property int tone
                required property int age
                required property real chainHeight
                required property bool moving

                readonly property bool bad: tone === Tone.Danger

                width: tiles.cellWidth
                height: tiles.cellHeight

                Rectangle {
                    anchors.fill: parent
                    anchors.margins: wall.unit * 0.25
                    radius: Theme.radius
                    color: tile.bad ? Theme.dangerGround : tile.tone === Tone.Normal ? Theme.surface : Theme.cautionGround
                    border.width: tile.bad ? 3 : 1
                    border.color: tile.bad ? Theme.danger : tile.tone === Tone.Normal ? Theme.line : Theme.caution

                    ColumnLayout {
                        anchors.fill: parent
                        anchors.margins: wall.unit * 0.4
                        spacing: 0

                        WallText {
                            text: tile.name
                            lines: 1.3
                            font.weight: Font.DemiBold
                            Layout.fillWidth: true
                        }

                        WallText {
                            text: tile.stateText
                            lines: 1.2
                            color: tile.bad ? Theme.danger : tile.tone === Tone.Normal ? Theme.quiet : Theme.caution
                            Layout.fillWidth: true
                        }

                        RowLayout {
                            Layout.fillWidth: true

                            WallText {
                                text: tile.chainHeight < 0 ? "" : tile.chainHeight + (tile.moving ? "  moving" : "  stands")
                                font.family: Theme.figures
                                quiet: true
                                Layout.fillWidth: true
                            }

                            WallText {
                                text: tile.age + " s"
                                font.family: Theme.figures
                                color: tile.tone === Tone.Unknown ? Theme.caution : Theme.quiet
                            }
                        }
                    }
                }
            }
        }

        WallText {
            // Its place is kept: how many tiles there is room for must not depend on it.
            text: tiles.unseen > 0 ? "and " + tiles.unseen + " more, none of them worse" : ""
            lines: 1.2
            quiet: true
            Layout.preferredHeight: wall.unit * 1.6
            Layout.leftMargin: wall.unit * 1.5
            Layout.bottomMargin: wall.unit * 0.5
        }
    }
}
