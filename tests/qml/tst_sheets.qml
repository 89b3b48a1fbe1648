// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Stories

Rectangle {
    id: stage
    width: 1088
    height: 640
    color: Theme.window

    AppButton {
        id: opener
        text: "Declare the end"
        onClicked: confirmSheet.open()
    }

    ConfirmSheet {
        id: confirmSheet
        heading: "Declare the end"
        text: "It cannot be taken back."
        verb: "Declare the end"
    }

    ApproveSheet {
        id: approveSheet
        plan: Stories.plan
    }

    SignalSpy {
        id: confirmed
        target: confirmSheet
        signalName: "accepted"
    }

    SignalSpy {
        id: approved
        target: approveSheet
        signalName: "approved"
    }

    TestCase {
        name: "Sheets"
        when: windowShown

        function init() {
            failOnWarning(/.?/);
            confirmed.clear();
            approved.clear();
            opener.forceActiveFocus();
        }

        function cleanup() {
            confirmSheet.close();
            approveSheet.close();
            tryVerify(() => !confirmSheet.visible && !approveSheet.visible);
        }

        function test_aHeldKeyConfirmsNothing_data() {
            return [{
                    "tag": "return",
                    "key": Qt.Key_Return
                }, {
                    "tag": "space",
                    "key": Qt.Key_Space
                }];
        }

        function test_aHeldKeyConfirmsNothing(data) {
            keyClick(data.key);
            tryVerify(() => confirmSheet.opened);
            const yes = findChild(confirmSheet.contentItem, "confirm") as AppButton;
            for (let i = 0; i < 3; ++i) {
                Stories.repeatKey(data.key);
            }
            verify(confirmSheet.opened, "the question is still asked");
            yes.forceActiveFocus();
            for (let i = 0; i < 3; ++i) {
                Stories.repeatKey(data.key);
            }
            compare(confirmed.count, 0);
            keyClick(data.key);
            compare(confirmed.count, 1);
        }

        function test_theFocusIsOnTheWayOut() {
            keyClick(Qt.Key_Return);
            tryVerify(() => confirmSheet.opened);
            keyClick(Qt.Key_Return, Qt.ControlModifier);
            tryVerify(() => !confirmSheet.visible);
            compare(confirmed.count, 0);
        }

        function test_theFocusIsSeenEachTimeItIsAsked() {
            const no = findChild(confirmSheet.contentItem, "leave") as AppButton;
            for (let i = 0; i < 3; ++i) {
                opener.forceActiveFocus();
                keyClick(Qt.Key_Return);
                tryVerify(() => confirmSheet.opened);
                verify(no.visualFocus, "asked for the " + (i + 1) + ". time");
                keyClick(Qt.Key_Escape);
                tryVerify(() => !confirmSheet.visible);
            }
        }

        function test_anApprovalNeedsBothHalves() {
            approveSheet.ask("roll_back", Deed.Approve);
            tryVerify(() => approveSheet.opened);
            keyClick(Qt.Key_Return);
            keyClick(Qt.Key_Return);
            compare(approved.count, 0);
            verify(approveSheet.opened);
        }
    }
}
