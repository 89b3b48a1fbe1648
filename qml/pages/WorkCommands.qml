// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// Every command of the window. What a page can do stands with the page; here it gets its words, its keys and the reason
/// why not, for the keyboard, the palette and the list of pages alike.
Palette {
    id: all

    required property bool signedIn
    required property ConsolePage shownPage
    required property PlanPage planPage
    required property bool isFullScreen
    readonly property PlanViewModel plan: desk.plan
    readonly property Appearance appearance: desk.appearance
    readonly property int page: desk.navigation.page
    readonly property bool atPlan: signedIn && page === Navigation.Plan && plan.known
    readonly property bool atIncident: signedIn && page === Navigation.Incident && desk.incident.incident.key !== ""
    readonly property string busy: "Something is being recorded or drawn."

    signal paletteAsked
    signal keysAsked
    signal fullScreenAsked

    readonly property Command overview: Command {
        name: "go.overview"
        group: "Go to"
        title: "Overview"
        keys: ["Ctrl+1"]
        offered: all.signedIn
        onTriggered: all.desk.navigation.go(Navigation.Overview)
    }
    readonly property Command incident: Command {
        name: "go.incident"
        group: "Go to"
        title: "Incident"
        keys: ["Ctrl+2"]
        offered: all.signedIn
        onTriggered: all.desk.navigation.go(Navigation.Incident)
    }
    readonly property Command openPlan: Command {
        name: "go.plan"
        group: "Go to"
        title: "Plan"
        keys: ["Ctrl+3"]
        offered: all.signedIn
        onTriggered: all.desk.navigation.go(Navigation.Plan)
    }
    readonly property Command graph: Command {
        name: "go.graph"
        group: "Go to"
        title: "Network"
        keys: ["Ctrl+4"]
        offered: all.signedIn
        onTriggered: all.desk.navigation.go(Navigation.Graph)
    }
    readonly property Command settings: Command {
        name: "go.settings"
        group: "Go to"
        title: "Settings"
        keys: ["Ctrl+,"]
        offered: all.signedIn
        onTriggered: all.desk.navigation.go(Navigation.Settings)
    }
    readonly property Command urgent: Command {
        name: "go.urgent"
        group: "Go to"
        title: "The most urgent open plan"
        keys: ["F2"]
        offered: all.signedIn
        obstacle: all.desk.frame.planId === "" ? "No plan is open." : ""
        onTriggered: all.desk.navigation.go(Navigation.Plan, all.desk.frame.planId)
    }
    readonly property Command back: Command {
        name: "go.back"
        group: "Go to"
        title: "Back"
        keys: ["Alt+Left", "Back"]
        offered: all.signedIn
        obstacle: all.desk.navigation.canGoBack ? "" : "This is where you began."
        onTriggered: all.desk.navigation.back()
    }
    readonly property Command forward: Command {
        name: "go.forward"
        group: "Go to"
        title: "Forward"
        keys: ["Alt+Right", "Forward"]
        offered: all.signedIn
        obstacle: all.desk.navigation.canGoForward ? "" : "You have not gone back."
        onTriggered: all.desk.navigation.forward()
    }
    readonly property Command next: Command {
        name: "do.next"
        group: "Next"
        title: {
            if (all.atPlan) {
                return all.plan.guidance.text === "" ? "What is next" : all.plan.guidance.text;
            }
            if (all.atIncident && all.desk.incident.openPlan === "") {
                return "Start the plan";
            }
            const plan = all.atIncident ? all.desk.incident.openPlan : all.desk.frame.planId;
            return plan !== "" ? "Go to " + plan : all.desk.frame.waitingIncident !== "" ? "Go to " + all.desk.frame.waitingIncident : "Look at what is proposed";
        }
        keys: ["Ctrl+Return", "Ctrl+Enter"]
        offered: all.signedIn
        obstacle: {
            if (all.atPlan) {
                return all.plan.guidance.text === "" ? all.plan.guidance.hint : all.plan.guidance.reason;
            }
            if (all.atIncident) {
                return all.desk.incident.openPlan === "" ? all.desk.incident.reason : "";
            }
            return all.desk.frame.planId !== "" || all.desk.frame.guidance.deed !== Deed.Nothing ? "" : all.desk.frame.guidance.hint;
        }
        onTriggered: {
            if (all.atPlan || all.atIncident) {
                all.shownPage?.proceed();
            } else if (all.desk.frame.planId !== "") {
                all.desk.navigation.go(Navigation.Plan, all.desk.frame.planId);
            } else if (all.desk.frame.waitingIncident !== "") {
                all.desk.navigation.go(Navigation.Incident, all.desk.frame.waitingIncident);
            } else {
                all.desk.navigation.go(Navigation.Overview);
                (all.shownPage as OverviewPage)?.takeProposals();
            }
        }
    }
    readonly property Command report: Command {
        name: "do.report"
        group: "Report"
        title: all.atPlan ? "Write the report of " + all.plan.planId : all.atIncident ? "Write the report of " + all.desk.incident.incidentId : "Write the report"
        keys: ["Ctrl+R"]
        offered: all.atPlan || all.atIncident
        obstacle: (all.atPlan ? all.plan.busy : all.desk.incident.busy) ? all.busy : ""
        onTriggered: all.atPlan ? all.plan.writeReport() : all.desk.incident.writeReport()
    }
    readonly property Command note: Command {
        name: "plan.note"
        group: "Plan"
        title: "Write a note …"
        offered: all.atPlan && all.plan.open
        obstacle: all.plan.refusals.note
        onTriggered: all.planPage?.questions.note()
    }
    readonly property Command handOver: Command {
        name: "plan.handOver"
        group: "Plan"
        title: "Hand the lead over …"
        offered: all.atPlan && all.plan.open
        obstacle: all.plan.refusals.handOver
        onTriggered: all.planPage?.questions.handOver()
    }
    readonly property Command takeOver: Command {
        name: "plan.takeOver"
        group: "Plan"
        title: "Take the work over …"
        offered: all.atPlan && all.plan.runsElsewhere
        obstacle: all.plan.refusals.takeOver
        onTriggered: all.planPage?.questions.takeOver()
    }
    readonly property Command pause: Command {
        name: "plan.pause"
        group: "Plan"
        title: "Pause the plan …"
        offered: all.atPlan && all.plan.open && all.plan.guidance.deed !== Deed.Resume
        obstacle: all.plan.refusals.pause
        onTriggered: all.planPage?.questions.pause()
    }
    readonly property Command abort: Command {
        name: "plan.abort"
        group: "Plan"
        title: "Abort the plan …"
        offered: all.atPlan && all.plan.open
        obstacle: all.plan.refusals.abort
        onTriggered: all.planPage?.questions.abort()
    }
    readonly property Command stop: Command {
        name: "plan.stop"
        group: "Plan"
        title: "Stop the work in good order …"
        offered: all.atPlan && all.plan.running
        obstacle: all.plan.runsHere ? "" : "It runs in another window or script, and is stopped there."
        onTriggered: all.planPage?.stopWork()
    }
    readonly property Command whatIf: Command {
        name: "plan.whatIf"
        group: "Plan"
        title: "What if a step takes longer …"
        offered: all.atPlan && all.plan.open
        onTriggered: all.planPage?.questions.whatIf()
    }
    readonly property Command search: Command {
        name: "view.search"
        group: "View"
        title: "Find on this page"
        keys: ["Ctrl+F"]
        offered: all.signedIn
        obstacle: all.page === Navigation.Graph ? "" : "There is nothing to search here. Ctrl+K finds everything."
        onTriggered: all.shownPage?.takeSearch()
    }
    readonly property Command find: Command {
        name: "view.palette"
        group: "View"
        title: "Find a command, an incident, a plan or a system"
        keys: ["Ctrl+K"]
        offered: all.signedIn && !all.open
        onTriggered: all.paletteAsked()
    }
    readonly property Command help: Command {
        name: "view.keys"
        group: "View"
        title: "All keys"
        keys: ["F1", "?"]
        offered: all.signedIn
        onTriggered: all.keysAsked()
    }
    readonly property Command dark: Command {
        name: "view.dark"
        group: "View"
        title: Theme.dark ? "Light" : "Dark"
        keys: ["Ctrl+Shift+D"]
        onTriggered: all.appearance.toggleDark()
    }
    readonly property Command contrast: Command {
        name: "view.contrast"
        group: "View"
        title: "High contrast"
        obstacle: all.appearance.shade === Appearance.HighContrast ? "It is on. Light and dark end it." : ""
        onTriggered: all.appearance.choice = Appearance.AlwaysHighContrast
    }
    readonly property Command larger: Command {
        name: "view.larger"
        group: "View"
        title: "Everything larger"
        keys: ["Ctrl++", "Ctrl+="]
        everywhere: true
        obstacle: all.appearance.zoom >= 200 ? "It is as large as it gets." : ""
        onTriggered: all.appearance.zoomBy(1)
    }
    readonly property Command smaller: Command {
        name: "view.smaller"
        group: "View"
        title: "Everything smaller"
        keys: ["Ctrl+-"]
        everywhere: true
        obstacle: all.appearance.zoom <= 80 ? "It is as small as it gets." : ""
        onTriggered: all.appearance.zoomBy(-1)
    }
    readonly property Command asItWas: Command {
        name: "view.zoomOff"
        group: "View"
        title: "As large as the screen asks for"
        keys: ["Ctrl+0"]
        everywhere: true
        onTriggered: all.appearance.zoom = 100
    }
    readonly property Command fullScreen: Command {
        name: "view.fullScreen"
        group: "View"
        title: all.isFullScreen ? "Leave the full screen" : "Full screen"
        keys: ["F11"]
        onTriggered: all.fullScreenAsked()
    }
    readonly property Command signOut: Command {
        name: "session.signOut"
        group: "Session"
        title: "Sign out"
        keys: ["Ctrl+Shift+L"]
        everywhere: true
        offered: all.signedIn
        onTriggered: all.desk.signIn.signOut()
    }

    commands: [overview, incident, openPlan, graph, settings, urgent, back, forward, next, report, note, handOver, takeOver, pause, abort, stop, whatIf, search, find, help, dark, contrast, larger, smaller, asItWas, fullScreen, signOut]
}
