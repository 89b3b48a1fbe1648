// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console
import ProzChain.Models

/// What somebody who has signed in works with: the list of pages, the page, and what is next below.
ColumnLayout {
    id: work

    required property Console desk
    required property bool signedIn

    property int page: Workspace.Overview
    /// The names of the pages have no room.
    readonly property bool narrow: width < Theme.px(900)
    readonly property real leastHeight: (page === Workspace.Overview ? overviewPage?.leastHeight : page === Workspace.Incident ? incidentPage?.leastHeight : planPage?.leastHeight) ?? 0

    /// So many pages, and in the end the views of a plan, are made ahead, one after another, when the first picture is
    /// there: whoever signs in does not wait for them, nor for the others when one is turned to.
    property int madeAhead: 0
    readonly property OverviewPage overviewPage: overviewPlace.made as OverviewPage
    readonly property IncidentPage incidentPage: incidentPlace.made as IncidentPage
    readonly property PlanPage planPage: planPlace.made as PlanPage

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
        places.contentY = 0;
        [overviewPlace, incidentPlace, planPlace][which].make();
        if (!asked()) {
            takeFocus();
        }
    }

    function takeFocus() {
        const taken = page === Workspace.Overview ? overviewPage?.takeFocus() : page === Workspace.Incident ? incidentPage?.takeFocus() : planPage?.takeFocus();
        if (!taken) {
            (page === Workspace.Incident ? incidentItem : planItem).forceActiveFocus(Qt.ShortcutFocusReason);
        }
    }

    /// Makes the pages, one after another, now that the first picture is there.
    function makeAhead() {
        if (madeAhead === 0) {
            makingAhead.start();
        }
    }

    function proceed() {
        if (page === Workspace.Plan) {
            planPage?.proceed();
        } else {
            incidentPage?.proceed();
        }
    }

    /// A question stands over the page.
    function asked(): bool {
        for (let item = Window.activeFocusItem; item !== null; item = item.parent) {
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

    spacing: 0
    visible: signedIn

    onSignedInChanged: {
        if (signedIn) {
            // What was interrupted comes before everything else.
            open(desk.plan.interrupted ? Workspace.Plan : page);
        }
    }

    Timer {
        id: makingAhead
        // One of 0 that repeats never comes (Qt 6.4).
        interval: 1
        repeat: true
        onTriggered: {
            ++work.madeAhead;
            running = work.madeAhead <= Workspace.Plan + 1;
        }
    }

    Binding {
        target: work.desk.frame
        property: "pagePlan"
        value: work.signedIn && work.page === Workspace.Plan ? work.desk.plan.planId : ""
    }

    Connections {
        target: work.desk.overview

        function onOpened(incident: string) {
            work.showIncident(incident);
        }
    }

    Connections {
        target: work.desk.incident

        function onStarted(plan: string) {
            work.showPlan(plan);
        }
    }

    Shortcut {
        sequence: "Ctrl+1"
        onActivated: work.turnTo(Workspace.Overview)
    }

    Shortcut {
        sequence: "Ctrl+2"
        onActivated: work.turnTo(Workspace.Incident)
    }

    Shortcut {
        sequence: "Ctrl+3"
        onActivated: work.turnTo(Workspace.Plan)
    }

    Shortcut {
        sequence: "F2"
        onActivated: {
            if (work.signedIn && !work.asked() && work.desk.frame.planId !== "") {
                work.showPlan(work.desk.frame.planId);
            }
        }
    }

    Shortcut {
        sequences: ["Ctrl+Return", "Ctrl+Enter"]
        autoRepeat: false
        enabled: work.signedIn && work.page !== Workspace.Overview
        onActivated: work.proceed()
    }

    Shortcut {
        sequence: "Ctrl+R"
        autoRepeat: false
        enabled: work.signedIn && (work.page === Workspace.Plan ? work.desk.plan.known && !work.desk.plan.busy : work.page === Workspace.Incident && work.desk.incident.incident.key !== "" && !work.desk.incident.busy)
        onActivated: work.page === Workspace.Plan ? work.desk.plan.writeReport() : work.desk.incident.writeReport()
    }

    RowLayout {
        spacing: 0
        Layout.fillWidth: true
        Layout.fillHeight: true

        Rectangle {
            color: Theme.sunken
            implicitWidth: work.narrow ? Theme.px(56) : Theme.px(192)
            Layout.fillHeight: true

            ColumnLayout {
                anchors.fill: parent
                anchors.margins: Theme.small
                spacing: Theme.tiny

                NavItem {
                    narrow: work.narrow
                    text: "Overview"
                    glyph: Glyph.overview
                    shortcutText: "Ctrl+1"
                    current: work.page === Workspace.Overview
                    onClicked: work.open(Workspace.Overview)
                    Layout.fillWidth: true
                }

                NavItem {
                    id: incidentItem
                    narrow: work.narrow
                    text: "Incident"
                    glyph: Glyph.incident
                    shortcutText: "Ctrl+2"
                    current: work.page === Workspace.Incident
                    onClicked: work.open(Workspace.Incident)
                    Layout.fillWidth: true
                }

                NavItem {
                    id: planItem
                    narrow: work.narrow
                    text: "Plan"
                    glyph: Glyph.plan
                    shortcutText: "Ctrl+3"
                    current: work.page === Workspace.Plan
                    onClicked: work.open(Workspace.Plan)
                    Layout.fillWidth: true
                }

                Item {
                    Layout.fillHeight: true
                }

                NavItem {
                    narrow: work.narrow
                    text: Theme.dark ? "Light" : "Dark"
                    glyph: Theme.dark ? Glyph.light : Glyph.dark
                    current: false
                    onClicked: work.desk.appearance.toggleDark()
                    Layout.fillWidth: true
                }

                NavItem {
                    narrow: work.narrow
                    text: "Sign out"
                    glyph: Glyph.signOut
                    current: false
                    onClicked: work.desk.signIn.signOut()
                    Layout.fillWidth: true
                }
            }
        }

        Scroll {
            id: places
            contentWidth: width
            contentHeight: Math.max(height, work.leastHeight)
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Theme.large

            PageStack {
                currentIndex: work.page
                width: places.width
                height: Math.max(places.height, work.leastHeight)

                ViewPlace {
                    id: overviewPlace
                    wanted: work.madeAhead > Workspace.Overview

                    OverviewPage {
                        objectName: "overviewPage"
                        model: work.desk.overview
                        onIncidentChosen: id => work.showIncident(id)
                        onPlanChosen: id => work.showPlan(id)
                    }
                }

                ViewPlace {
                    id: incidentPlace
                    wanted: work.madeAhead > Workspace.Incident

                    IncidentPage {
                        objectName: "incidentPage"
                        model: work.desk.incident
                        onPlanChosen: id => work.showPlan(id)
                    }
                }

                ViewPlace {
                    id: planPlace
                    wanted: work.madeAhead > Workspace.Plan

                    PlanPage {
                        objectName: "planPage"
                        model: work.desk.plan
                        whole: work.madeAhead > Workspace.Plan + 1
                    }
                }
            }
        }
    }

    // With and without a plan: pages that are resized while they change lose parts of it (Qt 6.4).
    NextBar {
        frame: work.desk.frame
        plan: work.desk.plan
        planShown: work.page === Workspace.Plan && work.desk.plan.known
        Layout.fillWidth: true
        onGoThere: work.showPlan(work.desk.frame.planId)
        onProceed: work.planPage?.proceed()
        onProceedOtherwise: work.planPage?.proceedOtherwise()
        onStopAsked: work.planPage?.stopWork()
    }
}
