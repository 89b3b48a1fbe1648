// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// A plan as a whole: what it is, who leads it, how its time stands, and what can be done with all of it.
ColumnLayout {
    id: head

    required property PlanViewModel plan

    signal noted
    signal handedOver
    signal takenOver
    signal paused
    signal aborted
    /// What if a step takes longer?
    signal supposed

    spacing: Theme.tiny

    RowLayout {
        spacing: Theme.medium
        Layout.fillWidth: true

        AppText {
            objectName: "planTitle"
            text: head.plan.planId + " · " + head.plan.title + (head.plan.rehearsal ? " · REHEARSAL" : "")
            kind: AppText.Title
            Layout.fillWidth: true
            Accessible.role: Accessible.Heading
        }

        LongText {
            objectName: "lead"
            full: head.plan.leadText
            quiet: true
            Layout.fillWidth: true
            Layout.maximumWidth: Math.min(Math.ceil(implicitWidth), Theme.px(440))
        }

        ToneMark {
            objectName: "planStatus"
            tone: head.plan.statusTone
            text: head.plan.statusText
            strong: true
            Layout.rightMargin: Theme.small
        }
    }

    // No row of a layout: where they have no room beside each other, buttons go on below.
    Flow {
        id: acts

        readonly property real wanted: {
            let all = 0;
            for (const act of [report, note, handOver, takeOver, pause, abort]) {
                all += act.visible ? act.implicitWidth + spacing : 0;
            }
            return all;
        }

        spacing: Theme.small
        Layout.fillWidth: true

        AppText {
            objectName: "planIncident"
            text: head.plan.incident
            quiet: true
            width: acts.wanted + Theme.px(160) < acts.width ? acts.width - acts.wanted : acts.width
            height: Theme.control
        }

        AppButton {
            id: report
            objectName: "report"
            text: "Report"
            glyph: Glyph.report
            shortcutText: "Ctrl+R"
            recording: head.plan.busy
            enabled: !recording
            onClicked: head.plan.writeReport()
        }

        AppButton {
            id: note
            objectName: "note"
            visible: head.plan.open
            enabled: reason === ""
            reason: head.plan.refusals.note
            text: "Note …"
            onClicked: head.noted()
        }

        AppButton {
            id: handOver
            objectName: "handOver"
            visible: head.plan.open
            enabled: reason === ""
            reason: head.plan.refusals.handOver
            text: "Hand over …"
            onClicked: head.handedOver()
        }

        AppButton {
            id: takeOver
            objectName: "takeOver"
            visible: head.plan.runsElsewhere
            enabled: reason === ""
            reason: head.plan.refusals.takeOver
            text: "Take over …"
            onClicked: head.takenOver()
        }

        AppButton {
            id: pause
            objectName: "pause"
            visible: head.plan.open && head.plan.guidance.deed !== Deed.Resume
            enabled: reason === ""
            reason: head.plan.refusals.pause
            text: "Pause …"
            onClicked: head.paused()
        }

        AppButton {
            id: abort
            objectName: "abort"
            // Also, and above all, while the plan runs.
            visible: head.plan.open
            enabled: reason === ""
            reason: head.plan.refusals.abort
            text: "Abort …"
            danger: true
            onClicked: head.aborted()
        }
    }

    RowLayout {
        spacing: Theme.medium
        Layout.fillWidth: true

        LongText {
            objectName: "time"
            full: head.plan.timeText
            color: head.plan.late ? Theme.danger : Theme.quiet
            Layout.fillWidth: true
        }

        AppButton {
            objectName: "whatIfButton"
            visible: head.plan.open
            text: "What if …"
            implicitHeight: Theme.px(28)
            onClicked: head.supposed()
        }
    }

    RowLayout {
        visible: head.plan.offeredLead !== ""
        spacing: Theme.small
        Layout.fillWidth: true

        Banner {
            objectName: "offeredLead"
            text: head.plan.offeredLead
            tone: Tone.Attention
            closable: false
            Layout.fillWidth: true
        }

        AppButton {
            objectName: "takeLead"
            visible: head.plan.leadIsMine
            text: "Take the lead"
            primary: true
            recording: head.plan.busy
            enabled: !recording
            onClicked: head.plan.takeLead()
        }
    }
}
