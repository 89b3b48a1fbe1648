// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Stories

PlanStage {
    id: stage

    PlanCase {
        name: "PlanAtWork"
        when: windowShown
        stage: stage

        function test_whatIsCalledForStandsBeforeWhatGoesOn() {
            const line = findChild(stage, "nextLine") as LongText;
            Stories.situation("running");
            Stories.say("Copying 3 of 7");
            compare(line.full, "Copying 3 of 7");
            Stories.situation("branches, one by hand");
            Stories.say("Copying 4 of 7");
            compare(Stories.heard.progress, "Copying 4 of 7");
            compare(line.full, "By hand, by incident commander.");
        }

        function test_theKeyPinsNothingWhereNothingIsCalledFor() {
            Stories.situation("running");
            compare(Stories.heard.selected, "restore");
            page.proceed();
            compare(heard(), "");
            Stories.goOn();
            compare(Stories.heard.selected, "look", "the page follows the plan");
        }

        function test_whatIfStaysWithItsStep() {
            Stories.situation("running");
            compare(Stories.heard.selected, "restore");
            (findChild(page, "whatIfButton") as AppButton).clicked();
            tryVerify(() => question() !== null);
            compare(question().heading, "What if “restore” takes longer?");
            Stories.goOn();
            compare(question().heading, "What if “restore” takes longer?");
            compare(question().subject, "restore");
        }

        function test_whatIsGreySaysThatItIsBeingRecorded() {
            Stories.foundHome();
            Stories.situation("by hand");
            look("confirm");
            const names = ["report", "next", "offerSpace"];
            const all = names.map(name => findChild(stage, name) as AppButton);
            for (const button of all) {
                verify(button.enabled, button.obstacle);
            }
            Stories.heard.begin();
            verify(Stories.heard.busy);
            for (const button of all) {
                verify(!button.enabled);
                compare(button.obstacle, "It is being recorded.");
                verify(button.Accessible.name.endsWith(": It is being recorded."), button.Accessible.name);
            }
            tryVerify(() => !Stories.heard.busy);
            for (const button of all) {
                verify(button.enabled, button.obstacle);
            }
            Stories.heard.clearTrouble();
        }
    }
}
