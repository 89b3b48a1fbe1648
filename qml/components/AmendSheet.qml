// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Asks what is known of an incident by now, each as it was said so far.
Sheet {
    id: sheet

    required property IncidentViewModel model

    function ask(subject: string) {
        sheet.subject = subject;
        title.text = model.incident.title;
        since.text = model.compromisedSince;
        contained.text = model.containedAt;
        systems.text = model.incident.systems;
        why.clear();
        open();
        (model.containedAt === "" ? contained : since).forceActiveFocus(Qt.TabFocusReason);
    }

    function accept() {
        if (why.text.trim() === "") {
            why.forceActiveFocus(Qt.TabFocusReason);
        } else if (!sending) {
            awaits(model.amend(subject, title.text, since.text, contained.text, systems.text, why.text));
        }
    }

    heading: "Change what was said of " + subject
    wanted: Theme.px(600)

    AppText {
        text: "A plan that is open keeps what it was started with."
        quiet: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppField {
        id: title
        objectName: "amendTitle"
        label: "What happened, in one line"
        maximumLength: 200
        Layout.fillWidth: true
        onAccepted: sheet.accept()
    }

    AppField {
        id: since
        objectName: "amendSince"
        label: "The earliest moment at which something may have been altered (UTC); configurations from before it are believed"
        figures: true
        maximumLength: 40
        Layout.fillWidth: true
        onAccepted: sheet.accept()
    }

    AppField {
        id: contained
        objectName: "amendContained"
        label: "When it was contained (UTC), or now; no plan starts before it is"
        hint: "It is not contained yet"
        figures: true
        maximumLength: 40
        Layout.fillWidth: true
        onAccepted: sheet.accept()
    }

    AppField {
        id: systems
        objectName: "amendSystems"
        label: "The systems that are affected, with commas between them"
        maximumLength: 2000
        Layout.fillWidth: true
        onAccepted: sheet.accept()
    }

    AppField {
        id: why
        objectName: "amendWhy"
        label: "Why it is changed"
        maximumLength: 2000
        Layout.fillWidth: true
        onAccepted: sheet.accept()
    }

    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        AppButton {
            text: "Leave it"
            onClicked: sheet.close()
        }

        Item {
            Layout.fillWidth: true
        }

        AppButton {
            objectName: "amendYes"
            text: "Change it"
            primary: true
            enabled: why.text.trim() !== "" && !sheet.sending
            reason: sheet.sending ? "It is being recorded." : "A sentence is needed."
            onClicked: sheet.accept()
        }
    }
}
