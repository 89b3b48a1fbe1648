// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Models
import ProzChain.Stories

Rectangle {
    id: stage
    width: 1088
    height: 640
    color: Theme.window

    PlanPage {
        id: page
        anchors.fill: parent
        model: Stories.plan
    }

    NextBar {
        id: bar
        width: parent.width
        anchors.bottom: parent.bottom
        next: Command {
        }
        frame: Stories.frame
        plan: Stories.plan
        planShown: true
    }

    Band {
        id: band
        width: parent.width
        frame: Stories.frame
    }

    TextCheck {
        id: check
    }

    TestCase {
        name: "Plan"
        when: windowShown

        function steps(): ListView {
            return findChild(page, "steps") as ListView;
        }

        function init() {
            failOnWarning(/.?/);
        }

        function test_theNextActIsOnTheButton() {
            Stories.startPlan(3, "olga");
            const next = findChild(bar, "next") as AppButton;
            verify(next.enabled);
            verify(next.text.startsWith("Done: "), next.text);
            page.proceed();
            const sentence = findChild(page, "sentence") as AppField;
            verify(sentence.activeFocus, "the question has the focus");
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sentence.activeFocus);
        }

        function test_aQuestionStaysWithItsStep() {
            Stories.startPlan(3, "olga");
            const asked = Stories.plan.selected;
            waitForRendering(stage);
            steps().forceActiveFocus();
            keyClick(Qt.Key_Space);
            const sentence = findChild(page, "sentence") as AppField;
            tryVerify(() => sentence.activeFocus);
            Stories.tick(); // by somebody else: the plan goes on to the next step
            compare(Stories.plan.selected, asked);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sentence.activeFocus);
            Stories.plan.selectCurrent();
            verify(Stories.plan.selected !== asked);
        }

        function test_whoMayNotIsToldWhichRole() {
            Stories.startPlan(3, "oscar");
            const next = findChild(bar, "next") as AppButton;
            verify(!next.enabled);
            verify(next.reason !== "");
            verify(next.Accessible.name.includes(next.reason), "the reason is read with the button");
            waitForRendering(stage);
            const role = "incident commander";
            const shown = item => check.texts(item).filter(text => text.visible && text.width > 0).map(text => text.text).join(" | ");
            verify(shown(bar).includes(next.reason), shown(bar));
            verify(shown(steps().itemAtIndex(0)).includes(role), shown(steps().itemAtIndex(0)));
            const place = (findChild(page, "place") as AppText).text;
            verify(place.includes("It is for: " + role), place);
            verify(!place.includes("You may do it"), place);
        }

        function test_theSecondPersonSeesWhatIsSigned() {
            Stories.awaitApproval();
            page.proceed();
            const approver = findChild(page, "approver") as AppField;
            tryVerify(() => approver.activeFocus);
            compare((findChild(page, "approvedStep") as AppText).text, "PLAN-1 · roll_back");
            compare((findChild(page, "consequence") as AppText).text, "Once it has been started, it cannot be taken back.");
            const facts = check.texts(findChild(page, "approvedFacts")).map(text => text.text);
            verify(facts.includes("validator-3"), facts.join(", "));
            verify(facts.includes("18203"), facts.join(", "));
            keyClick(Qt.Key_Escape);
            tryVerify(() => !approver.activeFocus);
        }

        function test_aRehearsalLooksLikeOne() {
            Stories.startPlan(3, "olga");
            const title = findChild(page, "planTitle") as AppText;
            verify(!title.text.includes("REHEARSAL"));
            verify(!findChild(band, "hatch").visible);
            Stories.rehearse();
            verify(title.text.includes("REHEARSAL"), title.text);
            verify(findChild(band, "hatch").visible);
            verify(check.texts(bar).some(text => text.visible && text.text.includes("REHEARSAL")));
        }

        function test_keysOfTheChecklistAskBeforeTheyAct() {
            Stories.startPlan(3, "olga");
            waitForRendering(stage);
            steps().forceActiveFocus();
            keyClick(Qt.Key_Space);
            const sentence = findChild(page, "sentence") as AppField;
            tryVerify(() => sentence.activeFocus);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sentence.activeFocus);
            steps().forceActiveFocus();
            keyClick(Qt.Key_R); // nothing to run
            keyClick(Qt.Key_A); // nothing to approve
            verify(steps().activeFocus);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Home);
            compare(Stories.plan.selected, "confirm");
            keyClick(Qt.Key_Return);
            tryVerify(() => (findChild(page, "offerSpace") as AppButton).activeFocus);
            steps().forceActiveFocus();
            keyClick(Qt.Key_G);
            compare((findChild(page, "tabs") as TabStrip).current, 1);
            keyClick(Qt.Key_G);
            compare((findChild(page, "tabs") as TabStrip).current, 0);
        }

        function test_whatCannotBeTakenBackTakesItsName() {
            Stories.irreversible();
            waitForRendering(stage);
            steps().forceActiveFocus();
            keyClick(Qt.Key_R);
            const name = findChild(page, "nameToType") as AppField;
            tryVerify(() => name.activeFocus, 5000, "it opens its question and runs nothing");
            const yes = findChild(page, "confirmRun") as AppButton;
            verify(!yes.enabled, "what it would do is not known yet");
            tryVerify(() => Stories.plan.step.nameToType === "roll_back");
            verify(!yes.enabled);
            const radius = findChild(page, "blastRadius") as AppText;
            verify(radius.visible, "that it is not known is said, too");
            compare(radius.text, "Which systems it touches is not known.");
            verify(yes.reason.includes("roll_back"), yes.reason);
            name.text = "roll";
            verify(!yes.enabled);
            keyClick(Qt.Key_Return);
            verify(name.activeFocus, "the question is still asked");
            name.text = "roll_back";
            verify(yes.enabled);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !name.activeFocus);
        }

        function test_theFocusIsSeenInEveryList() {
            Stories.startPlan(4, "olga");
            waitForRendering(stage);
            steps().forceActiveFocus();
            compare(check.frames(steps().currentItem), 1);
            const tabs = findChild(page, "tabs") as TabStrip;
            tabs.current = 4;
            const log = findChild(page, "log") as ListView;
            log.forceActiveFocus();
            compare(check.frames(log), 1);
            tabs.current = 0;
        }

        function test_arrowsLookAtOtherSteps() {
            Stories.startPlan(4, "olga");
            waitForRendering(stage);
            steps().forceActiveFocus();
            keyClick(Qt.Key_Down);
            compare(Stories.plan.selected, "step_1");
            keyClick(Qt.Key_Up);
            compare(Stories.plan.selected, "confirm");
        }

        function test_theGraphFollowsAChoiceMadeElsewhere() {
            Stories.startPlan(120, "olga");
            const tabs = findChild(page, "tabs") as TabStrip;
            tabs.current = 1;
            const graph = findChild(page, "stepGraph") as GraphView;
            const scene = findChild(graph, "scene") as GraphScene;
            waitForRendering(stage);
            tryVerify(() => !graph.graph.arranging);
            verify(!scene.whole, "it does not fit");
            steps().forceActiveFocus();
            for (const key of ["step_119", "step_60", "confirm", "step_90"]) {
                Stories.plan.selected = key;
                tryVerify(() => seen(scene));
                verify(graph.Accessible.name.includes("graph: " + key + ", "), graph.Accessible.name);
                tryVerify(() => listed(key), 5000, key + " is out of sight");
            }
            graph.forceActiveFocus();
            keyClick(graph.downwards ? Qt.Key_Up : Qt.Key_Left);
            verify(Stories.plan.selected !== "step_90");
            compare((steps().currentItem as StepLine).key, Stories.plan.selected);
            tabs.current = 0;
        }

        /// The whole of this line of the checklist.
        function listed(key: string): bool {
            const line = steps().currentItem as StepLine;
            return line !== null && line.key === key && line.y >= steps().contentY && line.y + line.height <= steps().contentY + steps().height;
        }

        /// The whole of the node that is looked at.
        function seen(scene: GraphScene): bool {
            const node = scene.selectedRect;
            return node.width > 0 && node.x >= 0 && node.y >= 0 && node.right <= scene.width && node.bottom <= scene.height;
        }

        function test_chartsAreThereWhileTheyAreSeen() {
            Stories.startPlan(5, "olga");
            const tabs = findChild(page, "tabs") as TabStrip;
            verify(findChild(page, "heightsChart") === null);
            tabs.current = 5;
            tryVerify(() => findChild(page, "heightsChart") !== null);
            verify(findChild(page, "durationsChart") !== null);
            const texts = check.texts(page).map(text => text.text);
            for (const axis of ["Block height, in blocks", "Local time of day", "Time, in seconds", "Step, by its number in the checklist"]) {
                verify(texts.includes(axis), axis);
            }
            waitForRendering(stage);
            page.visible = false;
            tryVerify(() => findChild(page, "heightsChart") === null);
            page.visible = true;
            tryVerify(() => findChild(page, "heightsChart") !== null);
            tabs.current = 0;
            tryVerify(() => findChild(page, "durationsChart") === null);
        }

        function test_theKeyboardComesToTheChecklist() {
            Stories.startPlan(4, "olga");
            waitForRendering(stage);
            findChild(page, "tabGraph").forceActiveFocus();
            verify(page.takeFocus());
            verify(steps().activeFocus);
            compare(check.frames(steps().currentItem), 1);
        }

        function test_aDoneStepIsSeenAtOnce() {
            Stories.startPlan(2, "olga");
            waitForRendering(stage);
            compare((steps().itemAtIndex(0) as StepLine).stateText, "Ready");
            Stories.tick();
            compare((steps().itemAtIndex(0) as StepLine).stateText, "Succeeded");
            compare((steps().itemAtIndex(1) as StepLine).current, true);
        }

        function test_aThousandSteps() {
            Stories.startPlan(1000, "olga");
            compare(steps().count, 1000);
            waitForRendering(stage);
            verify(steps().contentItem.children.length < 80, "lines are made for what is seen only");
        }

        function test_everyViewCanBeShown() {
            Stories.startPlan(5, "olga");
            const tabs = findChild(page, "tabs") as TabStrip;
            for (let i = 0; i < tabs.names.length; ++i) {
                tabs.current = i;
                waitForRendering(stage);
            }
            tabs.current = 0;
        }
    }
}
