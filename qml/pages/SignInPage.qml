// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Before anybody has signed in: what store this is and whether it is sound, then who.
FocusScope {
    id: page

    required property SignInViewModel model

    property bool filled: false
    readonly property bool first: model.stage === SignInViewModel.First
    /// There is a store to sign in to, or a place to make one.
    readonly property bool usable: first || model.stage === SignInViewModel.SignIn

    function send() {
        if (!enter.enabled) {
            return;
        }
        if (page.first) {
            page.model.addFirst(person.text, fullName.text, passphrase.text, again.text);
        } else {
            page.model.signIn(person.text, passphrase.text);
        }
        passphrase.clear();
        again.clear();
        // Whatever was pressed: a passphrase that was wrong is typed again.
        passphrase.forceActiveFocus();
    }

    Connections {
        target: page.model

        function onChanged() {
            // Once, and never into what somebody is typing.
            if (!page.filled && page.model.suggested !== "" && person.text === "") {
                page.filled = true;
                person.text = page.model.suggested;
                passphrase.forceActiveFocus();
            }
        }
    }

    Card {
        objectName: "signInCard"
        anchors.centerIn: parent
        width: Math.min(Theme.px(460), parent.width - 2 * Theme.huge)

        AppText {
            text: page.first ? "The first operator" : "Sign in"
            kind: AppText.Title
            Layout.fillWidth: true
        }

        AppText {
            objectName: "planText"
            text: page.first ? "There is no store here yet. The first operator makes it, and administers the others." : page.model.planText
            visible: text !== ""
            quiet: true
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }

        AppField {
            id: person
            objectName: "person"
            label: "Operator"
            enabled: page.usable
            hint: page.first ? "a short id, such as olga" : ""
            focus: true
            maximumLength: 32
            Layout.fillWidth: true
            onAccepted: page.first ? fullName.forceActiveFocus() : passphrase.forceActiveFocus()
        }

        AppField {
            id: fullName
            visible: page.first
            label: "Name"
            enabled: page.usable
            maximumLength: 120
            Layout.fillWidth: true
            onAccepted: passphrase.forceActiveFocus()
        }

        AppField {
            id: passphrase
            objectName: "passphrase"
            label: "Passphrase"
            enabled: page.usable
            secret: true
            trouble: page.model.trouble
            Layout.fillWidth: true
            onAccepted: page.first ? again.forceActiveFocus() : page.send()
        }

        AppField {
            id: again
            visible: page.first
            label: "The passphrase again"
            enabled: page.usable
            secret: true
            Layout.fillWidth: true
            onAccepted: page.send()
        }

        RowLayout {
            Layout.topMargin: Theme.small
            Layout.fillWidth: true

            AppText {
                text: page.model.busy ? "Opening the key …" : ""
                kind: AppText.Caption
                quiet: true
                Layout.fillWidth: true
            }

            AppButton {
                id: enter
                objectName: "enter"
                text: page.first ? "Make the store" : "Sign in"
                primary: true
                enabled: page.usable && !page.model.busy && person.text !== "" && passphrase.text !== ""
                reason: !page.usable ? page.model.storeText : page.model.busy ? "The key is being opened." : "Operator and passphrase are needed."
                onClicked: page.send()
            }
        }

        Rectangle {
            implicitHeight: 1
            color: Theme.line
            Layout.fillWidth: true
        }

        ToneMark {
            objectName: "storeState"
            tone: page.model.storeTone
            text: page.model.storeText
            glyph: page.usable && !page.first ? defaultGlyph : page.model.storeTone === Tone.Danger ? Glyph.failed : Glyph.information
            wraps: true
            Layout.preferredWidth: 1
            Layout.fillWidth: true
        }

        AppText {
            text: page.model.storePath
            kind: AppText.Caption
            quiet: true
            elide: Text.ElideMiddle
            Layout.fillWidth: true
        }
    }
}
