// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Models
import ProzChain.Stories

Rectangle {
    id: stage
    width: 1280
    height: 640
    color: Theme.window

    SignInPage {
        id: page
        anchors.fill: parent
        focus: true
        model: Stories.signIn
    }

    TestCase {
        name: "SignIn"
        when: windowShown

        function init() {
            failOnWarning(/.?/);
        }

        function test_anEmptyHomeAsksForTheFirst() {
            Stories.emptyHome();
            compare(Stories.signIn.stage, SignInViewModel.First);
            verify(page.first);
            waitForRendering(stage);
        }

        function test_twoPassphrasesThatDifferAreSaidInPlace() {
            Stories.emptyHome();
            Stories.signIn.addFirst("olga", "Olga", "correct horse battery", "correct horse batteries");
            compare(Stories.signIn.trouble, "The two passphrases differ.");
            waitForRendering(stage);
        }

        function test_aStoreThatCannotBeOpenedAsksNothing() {
            const reason = "The store at this home was made by a newer program, whose format 7 this one cannot read; nothing was changed in it.";
            Stories.uselessStore(reason);
            compare(Stories.signIn.stage, SignInViewModel.Unusable);
            waitForRendering(stage);
            verify(!(findChild(page, "person") as AppField).enabled);
            verify(!(findChild(page, "passphrase") as AppField).enabled);
            const enter = findChild(page, "enter") as AppButton;
            verify(!enter.enabled);
            compare(enter.reason, reason);
            compare(check.complaints(findChild(page, "storeState"), reason), "");
            compare(check.complaints(findChild(page, "signInCard"), reason), "");
            Stories.quietStore();
            verify((findChild(page, "person") as AppField).enabled);
        }

        TextCheck {
            id: check
        }

        function test_aStoreAsksWho() {
            Stories.quietStore();
            compare(Stories.signIn.stage, SignInViewModel.SignIn);
            verify(!page.first);
            compare(Stories.signIn.suggested, "", "nobody is put forward among several");
            waitForRendering(stage);
        }
    }
}
