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

    readonly property color ink: frame.practice ? Theme.practiceBandInk : Theme.liveBandInk

    implicitHeight: Theme.px(40)
    clip: true
    color: frame.practice ? Theme.practiceBand : Theme.liveBand

    Hatch {
        objectName: "hatch"
        anchors.fill: parent
        visible: band.frame.band === FrameViewModel.Rehearsal
        ink: band.ink
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
            Layout.maximumWidth: Theme.px(200)
        }

        AppText {
            objectName: "borrowed"
            text: band.frame.borrowed
            visible: text !== ""
            kind: AppText.Strong
            color: band.ink
            Layout.maximumWidth: band.width * 0.25
        }
    }
}
