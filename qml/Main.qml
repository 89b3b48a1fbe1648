// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Fusion
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console
import ProzChain.Models

/// The window: the band above, the pages beside each other, what is next below.
ApplicationWindow {
    id: window

    required property Console desk

    property int page: Main.Overview

    readonly property bool signedIn: desk.signIn.stage === SignInViewModel.SignedIn

    enum Page {
        Overview,
        Incident,
        Plan
    }

    function showPlan(id: string) {
        desk.plan.planId = id;
        open(Main.Plan);
    }

    function showIncident(id: string) {
        desk.incident.incidentId = id;
        open(Main.Incident);
    }

    /// Shows a page, and gives it the keyboard, unless a question over the page has it.
    function open(which: int) {
        page = which;
        if (!asked()) {
            takeFocus();
        }
    }

    function takeFocus() {
        const taken = page === Main.Overview ? overviewPage.takeFocus() : page === Main.Incident ? incidentPage.takeFocus() : planPage.takeFocus();
        if (!taken) {
            (page === Main.Incident ? incidentItem : planItem).forceActiveFocus(Qt.ShortcutFocusReason);
        }
    }

    /// A question stands over the page.
    function asked(): bool {
        for (let item = activeFocusItem; item !== null; item = item.parent) {
            if (item === T.Overlay.overlay) {
                return true;
            }
        }
        return false;
    }

    /// By key: a question is answered first.
    function turnTo(which: int) {
        if (signedIn && !asked()) {
            open(which);
        }
    }

    onSignedInChanged: {
        if (signedIn) {
            // What was interrupted comes before everything else.
            open(desk.plan.interrupted ? Main.Plan : page);
        } else if (!desk.stopping) {
            // The others go with their pages.
            closeSheet.sheet?.close();
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
        property: "dark"
        value: window.desk.dark
    }

    Binding {
        target: window.desk.frame
        property: "pagePlan"
        value: window.signedIn && window.page === Main.Plan ? window.desk.plan.planId : ""
    }

    Connections {
        target: window.desk

        function onWorkChanged() {
            if (window.desk.stopped) {
                window.close();
            }
        }
    }

    Connections {
        target: window.desk.overview

        function onOpened(incident: string) {
            window.showIncident(incident);
        }
    }

    Connections {
        target: window.desk.incident

        function onStarted(plan: string) {
            window.showPlan(plan);
        }
    }

    Shortcut {
        sequence: "Ctrl+1"
        onActivated: window.turnTo(Main.Overview)
    }

    Shortcut {
        sequence: "Ctrl+2"
        onActivated: window.turnTo(Main.Incident)
    }

    Shortcut {
        sequence: "Ctrl+3"
        onActivated: window.turnTo(Main.Plan)
    }

    Shortcut {
        sequence: "F2"
        onActivated: {
            if (window.signedIn && !window.asked() && window.desk.frame.planId !== "") {
                window.showPlan(window.desk.frame.planId);
            }
        }
    }

    Shortcut {
        sequences: ["Ctrl+Return", "Ctrl+Enter"]
        autoRepeat: false
        enabled: window.signedIn && window.page !== Main.Overview
        onActivated: window.page === Main.Plan ? planPage.proceed() : incidentPage.proceed()
    }

    Shortcut {
        sequence: "Ctrl+R"
        autoRepeat: false
        enabled: window.signedIn && (window.page === Main.Plan ? window.desk.plan.known && !window.desk.plan.busy : window.page === Main.Incident && incidentPage.chosen && !window.desk.incident.busy)
        onActivated: window.page === Main.Plan ? window.desk.plan.writeReport() : window.desk.incident.writeReport()
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

        SignInPage {
            id: signInPage
            objectName: "signInPage"
            visible: !window.signedIn
            focus: visible
            model: window.desk.signIn
            Layout.fillWidth: true
            Layout.fillHeight: true
        }

        RowLayout {
            visible: window.signedIn
            spacing: 0
            Layout.fillWidth: true
            Layout.fillHeight: true

            Rectangle {
                color: Theme.sunken
                implicitWidth: 192
                Layout.fillHeight: true

                ColumnLayout {
                    anchors.fill: parent
                    anchors.margins: Theme.small
                    spacing: Theme.tiny

                    NavItem {
                        text: "Overview"
                        glyph: Glyph.overview
                        shortcutText: "Ctrl+1"
                        current: window.page === Main.Overview
                        onClicked: window.open(Main.Overview)
                        Layout.fillWidth: true
                    }

                    NavItem {
                        id: incidentItem
                        text: "Incident"
                        glyph: Glyph.incident
                        shortcutText: "Ctrl+2"
                        current: window.page === Main.Incident
                        onClicked: window.open(Main.Incident)
                        Layout.fillWidth: true
                    }

                    NavItem {
                        id: planItem
                        text: "Plan"
                        glyph: Glyph.plan
                        shortcutText: "Ctrl+3"
                        current: window.page === Main.Plan
                        onClicked: window.open(Main.Plan)
                        Layout.fillWidth: true
                    }

                    Item {
                        Layout.fillHeight: true
                    }

                    NavItem {
                        text: window.desk.dark ? "Light" : "Dark"
                        glyph: window.desk.dark ? Glyph.light : Glyph.dark
                        current: false
                        onClicked: window.desk.dark = !window.desk.dark
                        Layout.fillWidth: true
                    }

                    NavItem {
                        text: "Sign out"
                        glyph: Glyph.signOut
                        current: false
                        onClicked: window.desk.signIn.signOut()
                        Layout.fillWidth: true
                    }
                }
            }

            PageStack {
                currentIndex: window.page
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.margins: Theme.large

                OverviewPage {
                    id: overviewPage
                    objectName: "overviewPage"
                    model: window.desk.overview
                    onIncidentChosen: id => window.showIncident(id)
                    onPlanChosen: id => window.showPlan(id)
                }

                IncidentPage {
                    id: incidentPage
                    objectName: "incidentPage"
                    model: window.desk.incident
                    onPlanChosen: id => window.showPlan(id)
                }

                PlanPage {
                    id: planPage
                    objectName: "planPage"
                    model: window.desk.plan
                }
            }
        }

        NextBar {
            frame: window.desk.frame
            plan: window.desk.plan
            planShown: window.page === Main.Plan && window.desk.plan.known
            // Not only with a plan: pages that are resized while they change lose parts of it (Qt 6.4).
            visible: window.signedIn
            Layout.fillWidth: true
            onGoThere: window.showPlan(window.desk.frame.planId)
            onProceed: planPage.proceed()
            onProceedOtherwise: planPage.proceedOtherwise()
            onStopAsked: planPage.stopWork()
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

    Question {
        id: closeSheet

        CloseSheet {
            desk: window.desk
        }
    }
}
