// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// What a step would do now, to which systems and to whom beyond them; and, where it is to be run, the word for it. What
/// cannot be taken back takes the name of what it is done to.
Sheet {
    id: sheet

    required property StepViewModel step
    /// It is not only looked at.
    property bool running: false

    readonly property bool isFinal: step.row.pointOfNoReturn
    /// What cannot be taken back is run by nobody who has not seen what it touches, or that this cannot be said.
    readonly property bool ready: !isFinal || (!step.looking && step.blastRadius !== "" && step.nameToType !== "" && name.text.trim() === step.nameToType)

    signal confirmed

    function look(subject: string, toRun: bool) {
        sheet.subject = subject;
        running = toRun;
        step.lookAhead();
        open();
        if (toRun && isFinal) {
            name.forceActiveFocus();
        } else {
            focusOn(no);
        }
    }

    function confirm() {
        if (ready) {
            close();
            confirmed();
        }
    }

    onClosed: name.clear()

    wanted: Theme.px(640)
    heading: running ? "Run “" + step.row.name + "”" : "What “" + step.row.name + "” would do now"

    AppText {
        objectName: "ahead"
        text: sheet.step.looking ? "Looking at what it would do; nothing is touched …" : sheet.step.ahead
        quiet: sheet.step.looking
        visible: text !== ""
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppText {
        objectName: "blastRadius"
        text: sheet.step.blastRadius
        visible: text !== ""
        kind: AppText.Strong
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    Scroll {
        visible: effects.count > 0
        contentHeight: list.implicitHeight
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(list.implicitHeight, Theme.px(240))

        Column {
            id: list
            width: parent.width - Theme.medium
            spacing: Theme.small

            Repeater {
                id: effects
                model: sheet.step.effects

                Column {
                    id: effect

                    required property string system
                    required property string what
                    required property string diff

                    width: list.width
                    spacing: 2

                    LongText {
                        full: (effect.system === "" ? "" : effect.system + ": ") + effect.what
                        width: parent.width
                        wrapMode: Text.Wrap
                    }

                    AppText {
                        text: effect.diff
                        visible: text !== ""
                        kind: AppText.Figures
                        quiet: true
                        width: parent.width
                        wrapMode: Text.WrapAnywhere
                    }
                }
            }
        }
    }

    AppText {
        objectName: "final"
        text: sheet.step.consequence
        color: sheet.isFinal ? Theme.caution : Theme.quiet
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppField {
        id: name
        objectName: "nameToType"
        visible: sheet.running && sheet.isFinal
        label: sheet.step.nameToType === "" ? "Its name" : "To run it, type " + sheet.step.nameToType
        maximumLength: 200
        Layout.fillWidth: true
        onAccepted: sheet.confirm()
    }

    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        AppButton {
            id: no
            objectName: "leaveRun"
            text: sheet.running ? "Leave it" : "Close"
            onClicked: sheet.close()
        }

        Item {
            Layout.fillWidth: true
        }

        AppButton {
            objectName: "confirmRun"
            visible: sheet.running
            text: "Run it"
            primary: true
            danger: sheet.isFinal
            enabled: sheet.ready
            reason: sheet.step.looking || sheet.step.nameToType === "" ? "What it would do is not known yet." : "Type " + sheet.step.nameToType + " first."
            onClicked: sheet.confirm()
        }
    }
}
