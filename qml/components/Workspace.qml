// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console
import ProzChain.Models

/// What somebody who is signed in works with: the pages beside each other, and below them what is next.
FocusScope {
    id: space
    objectName: "workspace"

    required property Console desk

    property int page: Workspace.Overview

    readonly property bool signedIn: desk.signIn.stage === SignInViewModel.SignedIn

    enum Page {
        Overview,
        Incident,
        Plan
    }

    function showPlan(id: string) {
        desk.plan.planId = id;
        open(Workspace.Plan);
    }

    function showIncident(id: string) {
        desk.incident.incidentId = id;
        open(Workspace.Incident);
    }

    /// Shows a page, and gives it the keyboard, unless a question over the page has it.
    function open(which: int) {
        page = which;
        if (!asked()) {
            takeFocus();
        }
    }

    function takeFocus() {
        const taken = page === Workspace.Overview ? overviewPage.takeFocus() : page === Workspace.Incident ? incidentPage.takeFocus() : planPage.takeFocus();
        if (!taken) {
            (page === Workspace.Incident ? incidentItem : planItem).forceActiveFocus(Qt.ShortcutFocusReason);
        }
    }

    /// A question stands over the page.
    function asked(): bool {
        for (let item = space.Window.activeFocusItem; item !== null; item = item.parent) {
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

    /// What was interrupted comes before everything else.
    function begin() {
        if (signedIn) {
            open(desk.plan.interrupted ? Workspace.Plan : page);
        }
    }

    onSignedInChanged: begin()
    Component.onCompleted: begin()

    Binding {
        target: space.desk.frame
        property: "pagePlan"
        value: space.signedIn && space.page === Workspace.Plan ? space.desk.plan.planId : ""
    }

    Connections {
        target: space.desk.overview

        function onOpened(incident: string) {
            space.showIncident(incident);
        }
    }

    Connections {
        target: space.desk.incident

        function onStarted(plan: string) {
            space.showPlan(plan);
        }
    }

    Shortcut {
        sequence: "Ctrl+1"
        onActivated: space.turnTo(Workspace.Overview)
    }

    Shortcut {
        sequence: "Ctrl+2"
        onActivated: space.turnTo(Workspace.Incident)
    }

    Shortcut {
        sequence: "Ctrl+3"
        onActivated: space.turnTo(Workspace.Plan)
    }

    Shortcut {
        sequence: "F2"
        onActivated: {
            if (space.signedIn && !space.asked() && space.desk.frame.planId !== "") {
                space.showPlan(space.desk.frame.planId);
            }
        }
    }

    Shortcut {
        sequences: ["Ctrl+Return", "Ctrl+Enter"]
        autoRepeat: false
        enabled: space.signedIn && space.page !== Workspace.Overview
        onActivated: space.page === Workspace.Plan ? planPage.proceed() : incidentPage.proceed()
    }

    Shortcut {
        sequence: "Ctrl+R"
        autoRepeat: false
        enabled: space.signedIn && (space.page === Workspace.Plan ? space.desk.plan.known && !space.desk.plan.busy : space.page === Workspace.Incident && incidentPage.chosen && !space.desk.incident.busy)
        onActivated: space.page === Workspace.Plan ? space.desk.plan.writeReport() : space.desk.incident.writeReport()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
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
                        current: space.page === Workspace.Overview
                        onClicked: space.open(Workspace.Overview)
                        Layout.fillWidth: true
                    }

                    NavItem {
                        id: incidentItem
                        text: "Incident"
                        glyph: Glyph.incident
                        shortcutText: "Ctrl+2"
                        current: space.page === Workspace.Incident
                        onClicked: space.open(Workspace.Incident)
                        Layout.fillWidth: true
                    }

                    NavItem {
                        id: planItem
                        text: "Plan"
                        glyph: Glyph.plan
                        shortcutText: "Ctrl+3"
                        current: space.page === Workspace.Plan
                        onClicked: space.open(Workspace.Plan)
                        Layout.fillWidth: true
                    }

                    Item {
                        Layout.fillHeight: true
                    }

                    NavItem {
                        text: space.desk.dark ? "Light" : "Dark"
                        glyph: space.desk.dark ? Glyph.light : Glyph.dark
                        current: false
                        onClicked: space.desk.dark = !space.desk.dark
                        Layout.fillWidth: true
                    }

                    NavItem {
                        text: "Sign out"
                        glyph: Glyph.signOut
                        current: false
                        onClicked: space.desk.signIn.signOut()
                        Layout.fillWidth: true
                    }
                }
            }

            PageStack {
                currentIndex: space.page
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.margins: Theme.large

                OverviewPage {
                    id: overviewPage
                    objectName: "overviewPage"
                    model: space.desk.overview
                    onIncidentChosen: id => space.showIncident(id)
                    onPlanChosen: id => space.showPlan(id)
                }

                IncidentPage {
                    id: incidentPage
                    objectName: "incidentPage"
                    model: space.desk.incident
                    onPlanChosen: id => space.showPlan(id)
                }

                PlanPage {
                    id: planPage
                    objectName: "planPage"
                    model: space.desk.plan
                }
            }
        }

        NextBar {
            frame: space.desk.frame
            plan: space.desk.plan
            planShown: space.page === Workspace.Plan && space.desk.plan.known
            visible: space.signedIn && (planShown || frame.planId !== "")
            Layout.fillWidth: true
            onGoThere: space.showPlan(space.desk.frame.planId)
            onProceed: planPage.proceed()
            onProceedOtherwise: planPage.proceedOtherwise()
            onStopAsked: planPage.stopWork()
        }
    }
}
