// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import QtQml.Models
import ProzChain.Console
import ProzChain.Models

/// What somebody who has signed in works with: the list of pages, the page, and what is next below.
ColumnLayout {
    id: work

    required property Console desk
    required property bool signedIn

    readonly property int page: desk.navigation.page
    /// What was asked for by key and cannot be done, and why; for some seconds.
    property string said

    /// So many pages, and in the end the views of a plan, are made ahead, one after another, when the first picture is
    /// there: whoever signs in does not wait for them, nor for the others when one is turned to.
    property int madeAhead: 0
    readonly property list<Item> pages: [overviewPlace, incidentPlace, planPlace, graphPlace, settingsPlace]
    readonly property ConsolePage shownPage: (pages[page] as ViewPlace)?.made as ConsolePage
    readonly property PlanPage planPage: planPlace.made as PlanPage
    readonly property bool fullScreen: Window.visibility === Window.FullScreen

    function toggleFullScreen() {
        Window.window.visibility = fullScreen ? Window.Windowed : Window.FullScreen;
    }

    function askPalette() {
        palettePlace.make();
        (palettePlace.made as PaletteHolder).open();
    }

    /// Shows the page, and gives it the keyboard, unless a question over the page has it.
    function show() {
        places.contentY = 0;
        (pages[page] as ViewPlace).make();
        if (!asked()) {
            takeFocus();
        }
    }

    function takeFocus() {
        if (!shownPage?.takeFocus()) {
            pageList.takeFocus();
        }
    }

    /// Makes the pages, one after another, now that the first picture is there.
    function makeAhead() {
        if (madeAhead === 0) {
            makingAhead.start();
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

    spacing: 0
    visible: signedIn

    onSignedInChanged: {
        if (signedIn) {
            show();
        } else {
            said = "";
        }
    }

    Timer {
        id: makingAhead
        // One of 0 that repeats never comes (Qt 6.4).
        interval: 1
        repeat: true
        onTriggered: {
            ++work.madeAhead;
            running = work.madeAhead <= Navigation.Plan + 1;
        }
    }

    Timer {
        id: forgetting
        interval: 10000
        onTriggered: work.said = ""
    }

    Binding {
        target: work.desk.frame
        property: "pagePlan"
        value: work.signedIn && work.page === Navigation.Plan ? work.desk.plan.planId : ""
    }

    Binding {
        target: work.desk.network
        property: "shown"
        value: work.signedIn && work.page === Navigation.Graph
    }

    Connections {
        target: work.desk.navigation

        function onMoved() {
            if (work.signedIn) {
                work.show();
            }
        }
    }

    Connections {
        target: work.desk.overview

        function onOpened(incident: string) {
            work.desk.navigation.go(Navigation.Incident, incident);
        }
    }

    Connections {
        target: work.desk.incident

        function onStarted(plan: string) {
            work.desk.navigation.go(Navigation.Plan, plan);
        }
    }

    WorkCommands {
        id: all
        desk: work.desk
        signedIn: work.signedIn
        shownPage: work.shownPage
        planPage: work.planPage
        isFullScreen: work.fullScreen
        onPaletteAsked: work.askPalette()
        onKeysAsked: keysSheet.ask("")
        onFullScreenAsked: work.toggleFullScreen()
    }

    Instantiator {
        model: all.commands

        delegate: Shortcut {
            required property Command modelData

            sequences: Array.from(modelData.keys)
            enabled: modelData.offered
            autoRepeat: false
            context: modelData.everywhere ? Qt.ApplicationShortcut : Qt.WindowShortcut
            onActivated: {
                // A question is answered first.
                if (modelData.everywhere || !work.asked()) {
                    modelData.trigger();
                }
            }
        }
    }

    Instantiator {
        model: all.commands

        delegate: Connections {
            required property Command modelData

            target: modelData

            function onRefused(sentence: string) {
                work.said = sentence;
                forgetting.restart();
            }
        }
    }

    ViewPlace {
        id: palettePlace
        wanted: false

        PaletteHolder {
            commands: all
        }
    }

    Question {
        id: keysSheet

        KeysSheet {
            commands: all
        }
    }

    RowLayout {
        spacing: 0
        Layout.fillWidth: true
        Layout.fillHeight: true

        PageList {
            id: pageList
            commands: all
            page: work.page
            narrow: work.width < Theme.px(900)
            Layout.fillHeight: true
        }

        Scroll {
            id: places
            contentWidth: width
            contentHeight: Math.max(height, work.shownPage?.leastHeight ?? 0)
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Theme.large

            PageStack {
                currentIndex: work.page
                width: places.width
                height: places.contentHeight

                ViewPlace {
                    id: overviewPlace
                    wanted: work.madeAhead > Navigation.Overview

                    OverviewPage {
                        objectName: "overviewPage"
                        model: work.desk.overview
                        onIncidentChosen: id => work.desk.navigation.go(Navigation.Incident, id)
                        onPlanChosen: id => work.desk.navigation.go(Navigation.Plan, id)
                    }
                }

                ViewPlace {
                    id: incidentPlace
                    wanted: work.madeAhead > Navigation.Incident

                    IncidentPage {
                        objectName: "incidentPage"
                        model: work.desk.incident
                        onPlanChosen: id => work.desk.navigation.go(Navigation.Plan, id)
                    }
                }

                ViewPlace {
                    id: planPlace
                    wanted: work.madeAhead > Navigation.Plan

                    PlanPage {
                        objectName: "planPage"
                        model: work.desk.plan
                        whole: work.madeAhead > Navigation.Plan + 1
                    }
                }

                ViewPlace {
                    id: graphPlace
                    wanted: false

                    GraphPage {
                        objectName: "graphPage"
                        model: work.desk.network
                    }
                }

                ViewPlace {
                    id: settingsPlace
                    wanted: false

                    SettingsPage {
                        objectName: "settingsPage"
                        appearance: work.desk.appearance
                    }
                }
            }
        }
    }

    // With and without a plan: pages that are resized while they change lose parts of it (Qt 6.4).
    NextBar {
        frame: work.desk.frame
        plan: work.desk.plan
        next: all.next
        planShown: work.page === Navigation.Plan && work.desk.plan.known
        Layout.fillWidth: true
        onProceed: work.planPage?.proceed()
        onProceedOtherwise: work.planPage?.proceedOtherwise()
        onStopAsked: work.planPage?.stopWork()
    }
}
