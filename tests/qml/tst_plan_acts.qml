// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Stories

PlanStage {
    id: stage

    PlanCase {
        name: "PlanActs"
        when: windowShown
        stage: stage

        // tag, situation, step, key, question, answer to it, what the plan is then asked for
        function test_keys_data() {
            const table = [];
            const add = (tag, story, step, key, heading, answer, act) => table.push({
                        "tag": tag,
                        "story": story,
                        "step": step,
                        "key": key,
                        "heading": heading,
                        "answer": answer,
                        "act": act
                    });
            add("do by hand", "by hand", "confirm", Qt.Key_Space, "“confirm”, done by hand", "sentence", "complete confirm, done: why");
            add("do by hand while a branch runs", "branches, one by hand", "confirm", Qt.Key_Space, "“confirm”, done by hand", "sentence", "complete confirm, done: why");
            add("run while a branch runs", "branches, one ready", "restore", Qt.Key_R, "", "", "");
            add("take back while a branch runs", "branches, one done", "restore", Qt.Key_U, "", "", "");
            add("could not be done", "by hand", "confirm", Qt.Key_Space, "“confirm”, done by hand", "sentence, and otherwise", "complete confirm, not done: why");
            add("do without", "by hand", "confirm", Qt.Key_S, "Do without “confirm”", "sentence", "skip confirm: why");
            add("put off", "by hand", "confirm", Qt.Key_H, "Put “confirm” off", "sentence", "hold confirm: why");
            add("note", "by hand", "confirm", Qt.Key_N, "A note on the plan", "sentence", "addNote: why");
            add("pause", "by hand", "confirm", Qt.Key_P, "Pause the plan", "sentence", "pause: why");
            add("nothing to run", "by hand", "confirm", Qt.Key_R, "", "", "");
            add("run", "automated", "restore", Qt.Key_R, "Run “restore”", "run", "runStep restore");
            add("look ahead", "automated", "restore", Qt.Key_D, "What “restore” would do now", "", "");
            add("consent", "consent", "restore", Qt.Key_A, "A second person consents", "consent", "approve restore, Approve by ben");
            add("consent from elsewhere", "consent", "restore", Qt.Key_E, "Approval from elsewhere", "files", "exportRequest restore, ApproveElsewhere; importApproval restore: /approval");
            add("consent to do without", "consent", "restore", Qt.Key_S, "A second person consents", "consent", "approve restore, ApproveSkip by ben");
            add("stop", "running", "restore", Qt.Key_X, "Stop “restore”", "sentence", "stopStep restore: why");
            add("stop elsewhere", "running elsewhere", "restore", Qt.Key_X, "Stop “restore”", "sentence", "stopStep restore: why");
            add("retry", "failed", "restore", Qt.Key_R, "Try “restore” again", "sentence", "retry restore: why");
            add("do without what failed", "failed", "restore", Qt.Key_S, "Do without “restore”", "sentence", "skip restore: why");
            add("take back", "done", "restore", Qt.Key_U, "Take “restore” back", "sentence", "undo restore: why");
            add("consent to take back", "done, with consent", "restore", Qt.Key_A, "A second person consents", "consent", "approve restore, ApproveUndo by ben");
            add("consent to take back from elsewhere", "done, with consent", "restore", Qt.Key_E, "Approval from elsewhere", "files", "exportRequest restore, ApproveUndoElsewhere; importApproval restore: /approval");
            add("settle", "interrupted", "restore", Qt.Key_R, "", "", "settleStep restore");
            add("judge", "interrupted", "restore", Qt.Key_J, "What became of “restore”", "sentence", "complete restore, done: why");
            add("judge otherwise", "interrupted", "restore", Qt.Key_J, "What became of “restore”", "sentence, and otherwise", "complete restore, not done: why");
            add("let go on", "put off", "restore", Qt.Key_H, "Let “restore” go on", "yes", "release restore");
            return table;
        }

        function test_keys(data) {
            Stories.situation(data.story);
            checkAct(() => {
                    look(data.step);
                    keyClick(data.key);
                }, data.heading, data.answer, data.act);
        }

        function test_theGraphTakesTheSameKeys_data() {
            return test_keys_data();
        }

        function test_theGraphTakesTheSameKeys(data) {
            Stories.situation(data.story);
            look(data.step);
            const tabs = findChild(page, "tabs") as TabStrip;
            tabs.current = 1;
            compare(Stories.heard.selected, data.step);
            checkAct(() => {
                    findChild(page, "stepGraph").forceActiveFocus();
                    keyClick(data.key);
                }, data.heading, data.answer, data.act);
            tabs.current = 0;
        }

        // tag, situation, who looks, button, question, answer to it, what the plan is then asked for
        function test_buttons_data() {
            const table = [];
            const add = (tag, story, who, button, heading, answer, act) => table.push({
                        "tag": tag,
                        "story": story,
                        "who": who,
                        "button": button,
                        "heading": heading,
                        "answer": answer,
                        "act": act
                    });
            add("report", "by hand", "olga", "report", "", "", "writeReport");
            add("note", "by hand", "olga", "note", "A note on the plan", "sentence", "addNote: why");
            add("hand over", "by hand", "olga", "handOver", "Hand the plan over", "person", "readSheet; handOver ben: why");
            add("take over", "running elsewhere", "olga", "takeOver", "Take the plan over", "sentence", "takeOver: why");
            add("take the lead", "offered", "ben", "takeLead", "", "", "takeLead");
            add("pause", "by hand", "olga", "pause", "Pause the plan", "sentence", "pause: why");
            add("abort", "by hand", "olga", "abort", "Abort PLAN-1", "sentence", "abort: why");
            add("abort while it runs here", "running", "olga", "abort", "Abort PLAN-1", "sentence", "abort: why");
            add("abort while it runs elsewhere", "running elsewhere", "olga", "abort", "Abort PLAN-1", "sentence", "abort: why");
            add("stop the work", "running", "olga", "stopWork", "Stop the work on PLAN-1", "yes", "cancel");
            add("next: by hand", "by hand", "olga", "next", "“confirm”, done by hand", "sentence", "complete confirm, done: why");
            add("next: run", "automated", "olga", "next", "", "", "run");
            add("next: consent", "consent", "olga", "next", "A second person consents", "consent", "approve restore, Approve by ben");
            add("next: by hand while a branch runs", "branches, one by hand", "olga", "next", "“confirm”, done by hand", "sentence", "complete confirm, done: why");
            add("next: retry while a branch runs", "branches, one failed", "olga", "next", "Try “restore” again", "sentence", "retry restore: why");
            add("report while it runs", "running", "olga", "report", "", "", "writeReport");
            add("next: retry", "failed", "olga", "next", "Try “restore” again", "sentence", "retry restore: why");
            add("otherwise: do without", "failed", "olga", "otherwise", "Do without “restore”", "sentence", "skip restore: why");
            add("next: settle", "interrupted", "olga", "next", "", "", "settleStep restore");
            add("otherwise: judge", "interrupted", "olga", "otherwise", "What became of “restore”", "sentence", "complete restore, done: why");
            add("next: resume", "paused", "olga", "next", "", "", "resume");
            add("next: verify", "all done", "olga", "next", "", "", "run");
            add("next: declare", "soaking", "olga", "next", "Declare the end", "yes", "declareEnd");
            add("next: finish the abort", "aborting", "olga", "next", "", "", "abort: ");
            add("go to what left something", "done", "olga", "leftover", "", "", "");
            add("offer: let go on", "put off", "olga", "offerH", "Let “restore” go on", "yes", "release restore");
            add("offer: run", "automated", "olga", "offerR", "Run “restore”", "run", "runStep restore");
            add("offer: take back", "done", "olga", "offerU", "Take “restore” back", "sentence", "undo restore: why");
            return table;
        }

        function test_buttons(data) {
            Stories.situation(data.story, data.who);
            if (data.button.startsWith("offer")) {
                look("restore");
            }
            const tabs = findChild(page, "tabs") as TabStrip;
            tabs.current = data.button === "leftover" ? 3 : 0;
            waitForRendering(stage);
            const button = findChild(stage, data.button) as AppButton;
            verify(button !== null && button.enabled, button?.reason);
            verify(button.visible);
            checkAct(() => button.clicked(), data.heading, data.answer, data.act);
            tabs.current = 0;
        }

        function test_whatIsLeftBehindLeadsToItsStep() {
            Stories.situation("done");
            look("look");
            const tabs = findChild(page, "tabs") as TabStrip;
            tabs.current = 3;
            waitForRendering(stage);
            (findChild(stage, "leftover") as AppButton).clicked();
            compare(tabs.current, 0);
            compare(Stories.heard.selected, "restore");
            const back = findChild(page, "offerU") as AppButton;
            verify(back.visible && back.enabled, back.reason);
        }
    }
}
