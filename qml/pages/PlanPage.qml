// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// One plan: the checklist, the step that is looked at, and the one thing to do next.
ConsolePage {
    id: page

    required property PlanViewModel model
    /// Its views are made ahead of being seen.
    property bool whole: false
    readonly property PlanViews views: viewsPlace.made as PlanViews
    readonly property alias questions: sheets

    /// Does what is next, by button or key.
    function proceed() {
        sheets.proceed();
    }

    /// Does the other thing that can be done from here.
    function proceedOtherwise() {
        sheets.proceedOtherwise();
    }

    /// Asks whether the work that goes on here is to be stopped.
    function stopWork() {
        sheets.stopWork();
    }

    /// Keys of the checklist and of the graph: those of the step that is looked at, and a few for the plan. None of them
    /// does what cannot be taken back; those open a question.
    function pressed(event: KeyEvent) {
        if ((event.modifiers & ~Qt.KeypadModifier) !== Qt.NoModifier || event.isAutoRepeat) {
            return;
        }
        const letter = ScreenText.letterOf(event.key, event.nativeScanCode);
        const deed = model.busy ? Deed.Nothing : model.step.deedOf(letter);
        event.accepted = true;
        if (event.key === Qt.Key_Home) {
            model.selectCurrent();
        } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            views?.openStep();
        } else if (letter === "G") {
            if (!views?.toggleGraph()) {
                steps.forceActiveFocus(Qt.ShortcutFocusReason);
            }
        } else if (letter === "N" && model.open && model.refusals.note === "") {
            sheets.note();
        } else if (letter === "P" && model.open && model.refusals.pause === "") {
            sheets.pause();
        } else if (deed !== Deed.Nothing) {
            sheets.act(deed);
        } else {
            event.accepted = false;
        }
    }

    /// The keyboard goes to the checklist, as soon as there is one; false without a plan.
    function takeFocus(): bool {
        if (model.planId === "") {
            return false;
        }
        if (model.known) {
            steps.forceActiveFocus(Qt.ShortcutFocusReason);
        } else {
            page.forceActiveFocus(Qt.ShortcutFocusReason);
        }
        return true;
    }

    leastHeight: !model.known ? 0 : narrow ? Theme.px(980) : Theme.px(440)

    Connections {
        target: page.model

        function onChanged() {
            if (page.Window.activeFocusItem === page && page.model.known) {
                steps.forceActiveFocus(Qt.ShortcutFocusReason);
            }
        }
    }

    EmptyState {
        anchors.centerIn: parent
        width: Theme.px(360)
        visible: !page.model.known
        glyph: Glyph.plan
        text: page.model.planId === "" ? "No plan is open. A plan is started from an incident." : "Looking for " + page.model.planId + " …"
    }

    ColumnLayout {
        anchors.fill: parent
        // Not invisible: a layout that is not visible misses what changes in it (Qt 6.4).
        opacity: page.model.known ? 1 : 0
        enabled: page.model.known
        spacing: Theme.medium

        PlanHead {
            plan: page.model
            Layout.fillWidth: true
            onNoted: sheets.note()
            onHandedOver: sheets.handOver()
            onTakenOver: sheets.takeOver()
            onPaused: sheets.pause()
            onAborted: sheets.abort()
            onSupposed: sheets.whatIf()
        }

        Banner {
            objectName: "trouble"
            text: sheets.tells ? "" : page.model.trouble
            Layout.fillWidth: true
            onClosed: page.model.clearTrouble()
        }

        Banner {
            objectName: "reportWritten"
            text: page.model.reportPath === "" ? "" : "The report is at " + page.model.reportPath
            tone: Tone.Active
            Layout.fillWidth: true
            onClosed: page.model.clearReport()
        }

        GridLayout {
            columns: page.narrow ? 1 : 2
            columnSpacing: Theme.large
            rowSpacing: Theme.large
            Layout.fillWidth: true
            Layout.fillHeight: true

            Card {
                heading: "Checklist"
                Layout.preferredWidth: 5
                Layout.preferredHeight: 5
                Layout.fillWidth: true
                Layout.fillHeight: true

                ListView {
                    id: steps
                    objectName: "steps"
                    model: page.model.steps
                    currentIndex: page.model.selectedIndex
                    clip: true
                    focus: true
                    activeFocusOnTab: true
                    highlightMoveDuration: 0
                    boundsBehavior: Flickable.StopAtBounds
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Accessible.role: Accessible.List
                    Accessible.name: "Steps"
                    delegate: StepLine {
                        width: steps.width
                        selected: key === page.model.selected
                        highlighted: ListView.isCurrentItem && steps.activeFocus
                        onClicked: {
                            steps.forceActiveFocus(Qt.MouseFocusReason);
                            page.model.selected = key;
                        }
                        // The current line has the focus of its list, and would take Space for a click.
                        Keys.forwardTo: [keys]
                    }
                    Keys.onUpPressed: page.model.selectNeighbour(-1)
                    Keys.onDownPressed: page.model.selectNeighbour(1)
                }
            }

            // Not at once with the rest: one turn of the window's thread is to be short.
            ViewPlace {
                id: viewsPlace
                wanted: page.whole || page.enabled
                Layout.preferredWidth: 5
                Layout.preferredHeight: 6
                Layout.fillWidth: true
                Layout.fillHeight: true

                PlanViews {
                    plan: page.model
                    stepKeys: keys
                    onActed: deed => sheets.act(deed)
                }
            }
        }
    }

    Item {
        id: keys
        Keys.onPressed: event => page.pressed(event)
    }

    PlanSheets {
        id: sheets
        objectName: "sheets"
        plan: page.model
    }
}
