// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// "What if this takes 20 minutes longer?"
Sheet {
    id: sheet

    required property PlanViewModel plan

    readonly property bool ready: /^\s*-?[0-9]+([.,][0-9]+)?\s*$/.test(minutes.text)
    property string answer

    function ask(subject: string) {
        sheet.subject = subject;
        // The heading stays with it, whatever begins or ends meanwhile.
        plan.selected = subject;
        minutes.text = "20";
        tell();
        open();
        minutes.forceActiveFocus();
    }

    function tell() {
        answer = ready ? plan.whatIf(subject, Number(minutes.text.trim().replace(",", "."))) : "";
    }

    heading: "What if “" + plan.step.row.name + "” takes longer?"

    AppField {
        id: minutes
        objectName: "minutes"
        label: "Minutes longer; shorter with a minus"
        maximumLength: 8
        figures: true
        Layout.fillWidth: true
        onTextChanged: sheet.tell()
        onAccepted: sheet.close()
    }

    AppText {
        objectName: "whatIf"
        text: sheet.ready ? sheet.answer : "How many minutes?"
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Layout.minimumHeight: Theme.px(40)
    }

    AppButton {
        text: "Close"
        onClicked: sheet.close()
    }
}
