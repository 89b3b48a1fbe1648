// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// The top of every page: what network this is, unmistakably; how it is; the plan; the time; the person.
Rectangle {
    id: band

    required property FrameViewModel frame

    readonly property bool rehearsal: frame.band === FrameViewModel.Rehearsal
    readonly property color ink: frame.band === FrameViewModel.Live ? Theme.liveBandInk : Theme.practiceBandInk

    implicitHeight: 40
    clip: true
    color: frame.band === FrameViewModel.Live ? Theme.liveBand : Theme.practiceBand

    // A rehearsal is hatched, so that no picture of it can be taken for the real thing.
    Repeater {
        model: band.rehearsal ? Math.ceil(band.width / 16) + 3 : 0

        Rectangle {
            required property int index

            x: index * 16 - 24
            y: -12
            width: 5
            height: 64
            rotation: 30
            color: band.ink
            opacity: 0.25
        }
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.large
        spacing: Theme.huge

        AppText {
            text: band.frame.bandText
            kind: AppText.Strong
            color: band.ink
            font.letterSpacing: 0.6
            Layout.maximumWidth: band.width * 0.3
        }

        AppText {
            text: band.frame.systemsText
            color: band.ink
            kind: band.frame.systemsTone === Tone.Normal ? AppText.Body : AppText.Strong
        }

        AppText {
            text: band.frame.planText
            color: band.ink
            kind: AppText.Strong
            Layout.fillWidth: true
        }

        AppText {
            text: band.frame.clock
            color: band.ink
            kind: AppText.Figures
        }

        AppText {
            text: band.frame.person === "" ? "Nobody signed in" : band.frame.person
            color: band.ink
            Layout.maximumWidth: 200
        }
    }
}
