// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// One plan: the checklist, the step that is looked at, and the one thing to do next.
FocusScope {
    id: page

    required property PlanViewModel model
    required property SignInViewModel people

    /// Does what is next, by button or key.
    function proceed() {
        switch (model.guidance.deed) {
        case Deed.Run:
        case Deed.Verify:
        case Deed.Settle:
            model.run();
            break;
        case Deed.Tick:
            tickSheet.ask(model.guidance.step);
            break;
        case Deed.Approve:
            approveSheet.ask(model.guidance.step);
            break;
        case Deed.Retry:
            retrySheet.ask(model.guidance.step);
            break;
        case Deed.Declare:
            model.declareEnd();
            break;
        case Deed.Resume:
            model.resume();
            break;
        case Deed.FinishAbort:
            model.abort("");
            break;
        }
    }

    EmptyState {
        anchors.centerIn: parent
        width: 360
        visible: !page.model.known
        glyph: Glyph.plan
        text: page.model.planId === "" ? "No plan is open. A plan is started from an incident." : "Looking for " + page.model.planId + " …"
    }

    ColumnLayout {
        anchors.fill: parent
        visible: page.model.known
        spacing: Theme.medium

        RowLayout {
            spacing: Theme.medium
            Layout.fillWidth: true

            AppText {
                text: page.model.planId + " · " + page.model.title
                kind: AppText.Title
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
            }

            ToneMark {
                objectName: "planStatus"
                tone: page.model.statusTone
                text: page.model.statusText
                strong: true
                Layout.rightMargin: Theme.small
            }

            AppButton {
                text: "Report"
                glyph: Glyph.report
                shortcutText: "Ctrl+R"
                enabled: !page.model.busy
                onClicked: page.model.writeReport()
            }

            AppButton {
                visible: page.model.open && !page.model.running
                text: "Abort …"
                danger: true
                onClicked: abortSheet.ask("")
            }
        }

        RowLayout {
            spacing: Theme.large
            Layout.fillWidth: true

            AppText {
                text: page.model.incident
                quiet: true
                Layout.fillWidth: true
            }

            AppText {
                text: page.model.timeText
                quiet: true
            }
        }

        Banner {
            text: page.model.trouble
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

        RowLayout {
            spacing: Theme.large
            Layout.fillWidth: true
            Layout.fillHeight: true

            Card {
                heading: "Checklist"
                Layout.preferredWidth: 5
                Layout.fillWidth: true
                Layout.fillHeight: true

                ListView {
                    id: steps
                    objectName: "steps"
                    model: page.model.steps
                    clip: true
                    focus: true
                    activeFocusOnTab: true
                    boundsBehavior: Flickable.StopAtBounds
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Accessible.role: Accessible.List
                    Accessible.name: "Steps"
                    delegate: StepLine {
                        width: steps.width
                        selected: key === page.model.selected
                        onClicked: {
                            steps.currentIndex = index;
                            page.model.selected = key;
                        }
                    }
                    Keys.onUpPressed: {
                        decrementCurrentIndex();
                        page.model.selected = (currentItem as StepLine)?.key ?? "";
                    }
                    Keys.onDownPressed: {
                        incrementCurrentIndex();
                        page.model.selected = (currentItem as StepLine)?.key ?? "";
                    }
                }
            }

            ColumnLayout {
                spacing: Theme.large
                Layout.preferredWidth: 4
                Layout.fillWidth: true
                Layout.fillHeight: true

                Card {
                    heading: page.model.step.name
                    Layout.fillWidth: true
                    Layout.fillHeight: true

                    AppText {
                        text: page.model.description
                        visible: text !== ""
                        wrapMode: Text.Wrap
                        Layout.fillWidth: true
                    }

                    AppText {
                        text: (page.model.step.mine ? "You may do it: " : "Needs ") + page.model.step.roles
                        quiet: true
                        wrapMode: Text.Wrap
                        Layout.fillWidth: true
                    }

                    AppText {
                        text: page.model.step.waiting
                        visible: text !== ""
                        color: Theme.caution
                        wrapMode: Text.Wrap
                        Layout.fillWidth: true
                    }

                    AppText {
                        text: page.model.step.message
                        visible: text !== ""
                        color: page.model.step.tone === Tone.Danger ? Theme.danger : Theme.text
                        wrapMode: Text.Wrap
                        Layout.fillWidth: true
                    }

                    Flickable {
                        clip: true
                        contentHeight: factList.implicitHeight
                        boundsBehavior: Flickable.StopAtBounds
                        Layout.fillWidth: true
                        Layout.fillHeight: true

                        FactList {
                            id: factList
                            width: parent.width
                            model: page.model.facts
                        }
                    }
                }

                Card {
                    heading: "Verification"
                    Layout.fillWidth: true

                    Repeater {
                        model: page.model.checks

                        ColumnLayout {
                            id: check

                            required property string name
                            required property string stateText
                            required property int tone
                            required property string detail

                            spacing: 0
                            Layout.fillWidth: true

                            RowLayout {
                                spacing: Theme.small
                                Layout.fillWidth: true

                                AppText {
                                    text: check.name
                                    Layout.fillWidth: true
                                }

                                ToneMark {
                                    tone: check.tone
                                    text: check.stateText
                                    glyph: check.tone === Tone.Normal ? Glyph.pending : defaultGlyph
                                }
                            }

                            AppText {
                                text: check.detail
                                visible: text !== ""
                                kind: AppText.Caption
                                quiet: true
                                wrapMode: Text.Wrap
                                Layout.fillWidth: true
                            }
                        }
                    }
                }
            }
        }
    }

    AskSheet {
        id: tickSheet
        heading: "Done by hand"
        label: "What was done and seen"
        verb: "It is done"
        otherVerb: "It could not be done"
        onAccepted: text => page.model.tick(subject, text)
        onOtherwise: text => page.model.failStep(subject, text)
    }

    AskSheet {
        id: retrySheet
        heading: "Try it again"
        label: "Why it will go better now"
        verb: "Retry"
        onAccepted: text => page.model.retry(subject, text)
    }

    AskSheet {
        id: abortSheet
        heading: "Abort the plan"
        label: "Why the recovery ends here"
        verb: "Abort for good"
        danger: true
        onAccepted: text => page.model.abort(text)
    }

    ApproveSheet {
        id: approveSheet
        people: page.people
        onApproved: (by, passphrase) => page.model.approve(subject, by, passphrase)
    }
}
