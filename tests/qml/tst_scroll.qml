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
    }

    FocusScope {
        id: elsewhere
    }

    TestCase {
        name: "Scroll"
        when: windowShown

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
