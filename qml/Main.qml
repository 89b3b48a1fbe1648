// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Fusion
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// The window: the band above, who signs in or their work, and the state of the store below.
ApplicationWindow {
    id: window

    required property Console desk

    readonly property bool signedIn: desk.signIn.stage === SignInViewModel.SignedIn

    width: 1280
    height: 720
    minimumWidth: 960
    minimumHeight: 600
    visible: true
    color: Theme.window
    title: desk.frame.title
    font.family: Theme.family
    font.pixelSize: Theme.body

    onSignedInChanged: {
        if (!signedIn && !desk.stopping) {
            // The others go with their pages.
            closeSheet.sheet?.close();
        }
    }
    onFrameSwapped: workspace.makeAhead()
    onClosing: close => {
        // What runs here is not ended by a slip of the hand.
        if (desk.work !== "" && !desk.stopped) {
            close.accepted = false;
            closeSheet.ask("");
        }
    }

    palette {
        window: Theme.window
        windowText: Theme.text
        base: Theme.surface
        text: Theme.text
        button: Theme.surface
        buttonText: Theme.text
        highlight: Theme.accent
        highlightedText: Theme.accentInk
        mid: Theme.line
        dark: Theme.strongLine
        light: Theme.surface
        placeholderText: Theme.quiet
    }

    Binding {
        target: Theme
        property: "shade"
        value: window.desk.appearance.shade
    }

    Binding {
        target: Theme
        property: "zoom"
        value: window.desk.appearance.zoom / 100
    }

    Connections {
        target: window.desk

        function onWorkChanged() {
            if (window.desk.stopped) {
                window.close();
            }
        }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Band {
            frame: window.desk.frame
            Layout.fillWidth: true
        }

        SignInPage {
            id: signInPage
            objectName: "signInPage"
            visible: !window.signedIn
            focus: visible
            model: window.desk.signIn
            Layout.fillWidth: true
            Layout.fillHeight: true
        }

        Workspace {
            id: workspace
            objectName: "workspace"
            desk: window.desk
            signedIn: window.signedIn
            Layout.fillWidth: true
            Layout.fillHeight: true
        }

        Rectangle {
            color: Theme.sunken
            implicitHeight: Theme.px(24)
            Layout.fillWidth: true

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.large
                width: parent.width - 2 * Theme.large
                text: window.desk.frame.storeText
                visible: workspace.said === ""
                kind: AppText.Caption
                color: window.desk.frame.storeTone === Tone.Danger ? Theme.danger : Theme.quiet
            }

            AppText {
                objectName: "said"
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.large
                width: parent.width - 2 * Theme.large
                text: workspace.said
                visible: text !== ""
                kind: AppText.Caption
                Accessible.role: Accessible.AlertMessage
            }
        }
    }

    Question {
        id: closeSheet

        CloseSheet {
            desk: window.desk
        }
    }
}
