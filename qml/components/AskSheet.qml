// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Asks for one sentence, which is recorded with the act, and for what a step wants besides.
Sheet {
    id: sheet

    /// What has to be known before; nothing if empty.
    property string text
    /// Of that, what nobody may overlook.
    property string weight
    required property string label
    required property string verb
    /// A second way out of the question; none if empty.
    property string otherVerb
    property bool danger: false
    /// What is asked for besides; none if null.
    property RowModelBase wanted: null

    readonly property bool said: sentence.text.trim() !== ""
    readonly property string reason: sending ? "It is being recorded." : "A sentence is needed."

    /// Whoever does it says with awaits() which act that is.
    signal accepted(string text)
    signal otherwise(string text)

    onRefused: sentence.forceActiveFocus()
    // Nothing that was typed stays for whoever comes next.
    onClosed: {
        sentence.clear();
        for (let i = 0; i < values.count; ++i) {
            values.itemAt(i).clear();
        }
    }

    function ask(subject: string) {
        sheet.subject = subject;
        open();
        sentence.forceActiveFocus();
    }

    /// What was brought for it, in its order.
    function brought() {
        const all = [];
        for (let i = 0; i < values.count; ++i) {
            all.push(values.itemAt(i).text);
        }
        return all;
    }

    function accept() {
        if (said && !sending) {
            accepted(sentence.text);
        }
    }

    AppText {
        objectName: "before"
        visible: text !== ""
        text: sheet.text
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppText {
        objectName: "weight"
        visible: text !== ""
        text: sheet.weight
        kind: AppText.Strong
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppField {
        id: sentence
        objectName: "sentence"
        label: sheet.label
        maximumLength: 2000
        Layout.fillWidth: true
        onAccepted: sheet.accept()
    }

    Repeater {
        id: values
        model: sheet.wanted

        WantedField {
            objectName: "wanted"
            Layout.fillWidth: true
            onAccepted: sheet.accept()
        }
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
            objectName: "otherwiseYes"
            visible: sheet.otherVerb !== ""
            text: sheet.otherVerb
            enabled: sheet.said && !sheet.sending
            reason: sheet.reason
            onClicked: sheet.otherwise(sentence.text)
        }

        AppButton {
            objectName: "yes"
            text: sheet.verb
            primary: true
            danger: sheet.danger
            enabled: sheet.said && !sheet.sending
            reason: sheet.reason
            onClicked: sheet.accept()
        }
    }
}
