// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console

Item {
    width: 300
    height: 200

    Scroll {
        id: scroll
        width: 300
        height: 100
        contentHeight: 500

        FocusScope {
            id: far
            y: 300
            width: 100
            height: 20
        }
    }

    FocusScope {
        id: elsewhere
    }

    TestCase {
        name: "Scroll"
        when: windowShown

        function init() {
            elsewhere.forceActiveFocus();
            scroll.contentHeight = 500;
            scroll.contentY = 0;
        }

        function test_whatHasTheFocusIsShown() {
            far.forceActiveFocus();
            compare(scroll.contentY, 320 + Theme.small - 100);
            scroll.contentY = 400;
            elsewhere.forceActiveFocus();
            compare(scroll.contentY, 400, "what lies elsewhere moves nothing");
            far.forceActiveFocus();
            compare(scroll.contentY, 300 - Theme.small);
        }

        function test_theFocusIsKeptWhenNothingIsLeftToScroll() {
            failOnWarning(/.?/);
            verify(scroll.activeFocusOnTab);
            scroll.forceActiveFocus();
            keyClick(Qt.Key_PageDown);
            compare(scroll.contentY, 100);
            scroll.contentHeight = 50;
            verify(scroll.activeFocus);
            elsewhere.forceActiveFocus();
            verify(!scroll.activeFocusOnTab, "there is nothing to do there");
        }
    }
}
