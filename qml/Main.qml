// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Fusion
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// The window: the band above, below it who signs in or what they work with, and how the store is.
ApplicationWindow {
    id: window

    required property Console desk

    readonly property bool signedIn: desk.signIn.stage === SignInViewModel.SignedIn

    onSignedInChanged: {
        if (signedIn) {
            workspace.active = true;
        } else if (!desk.stopping) {
            // The others go with their pages.
            closeSheet.close();
        }
    }

    width: 1280
    height: 720
    minimumWidth: 960
    minimumHeight: 600
    visible: true
    color: Theme.window
    title: desk.frame.title
    font.family: Theme.family
    font.pixelSize: Theme.body

    onClosing: close => {
        // What runs here is not ended by a slip of the hand.
        if (desk.work !== "" && !desk.stopped) {
            close.accepted = false;
            closeSheet.open();
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
        property: "dark"
        value: window.desk.dark
    }

    Connections {
        target: window
        enabled: !workspace.active && window.desk.signIn.stage !== SignInViewModel.Opening

        function onFrameSwapped() {
            workspace.active = true;
        }
    }

    Connections {
        target: window.desk

        function onWorkChanged() {
            if (window.desk.stopped) {
                window.close();
            }
        }
    }

    Shortcut {
        sequence: "Ctrl+Shift+D"
        onActivated: window.desk.dark = !window.desk.dark
    }

    Shortcut {
        sequence: "Ctrl+Shift+L"
        // Also while a question is asked, under which the keys of the window are not heard.
        context: Qt.ApplicationShortcut
        onActivated: window.desk.signIn.signOut()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Band {
            frame: window.desk.frame
            Layout.fillWidth: true
        }

        PageStack {
            currentIndex: window.signedIn ? 1 : 0
            Layout.fillWidth: true
            Layout.fillHeight: true

            SignInPage {
                id: signInPage
                objectName: "signInPage"
                focus: enabled
                model: window.desk.signIn
            }

            Loader {
                id: workspace
                // Once the passphrase can be typed. At once: layouts that are shown while they are made in pieces stay in
                // a heap (Qt 6.4).
                active: false
                focus: enabled
                sourceComponent: Workspace {
                    desk: window.desk // qmllint disable unqualified
                }
            }
        }

        Rectangle {
            color: Theme.sunken
            implicitHeight: 24
            Layout.fillWidth: true

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.large
                width: parent.width - 2 * Theme.large
                text: window.desk.frame.storeText
                kind: AppText.Caption
                color: window.desk.frame.storeTone === Tone.Danger ? Theme.danger : Theme.quiet
            }
        }
    }

    CloseSheet {
        id: closeSheet
        desk: window.desk
    }
}
