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

    GraphPage {
        id: page
        anchors.fill: parent
        model: Stories.systems
    }

    TestCase {
        name: "Network"
        when: windowShown

        function part(name: string): Item {
            return findChild(page, name) as Item;
        }

        function init() {
            failOnWarning(/.?/);
            Stories.systems.shown = true;
            page.takeFocus();
        }

        function cleanup() {
            (part("filter") as AppField).clear();
            Stories.systems.selected = "";
            if (page.asTable) {
                page.takeFocus();
                keyClick(Qt.Key_T);
            }
        }

        function test_rows_data() {
            return [{
                    "tag": "none",
                    "count": 0
                }, {
                    "tag": "one",
                    "count": 1
                }, {
                    "tag": "5,000",
                    "count": 5000
                }];
        }

        function test_rows(data) {
            Stories.network(data.count, 0);
            compare((part("networkTable") as ListView).count, data.count);
            waitForRendering(stage);
            keyClick(Qt.Key_T);
            verify(page.asTable);
            waitForRendering(stage);
            verify((part("networkTable") as ListView).contentItem.children.length < 60, "lines are made for what is seen only");
            if (data.count > 0) {
                keyClick(Qt.Key_Down);
            }
        }

        function test_theSameFactsBothWays() {
            Stories.network(5, 0);
            Stories.breakSystem(2, "computed state root differs");
            keyClick(Qt.Key_T);
            const table = part("networkTable") as ListView;
            for (let i = 0; i < 2; ++i) {
                // from the first, which the graph had
                keyClick(Qt.Key_Down);
            }
            compare(Stories.systems.selected, "system-2");
            keyClick(Qt.Key_End);
            compare(Stories.systems.selected, "system-4");
            keyClick(Qt.Key_Up);
            keyClick(Qt.Key_Up);
            compare(table.currentIndex, 2);
            compare((table.itemAtIndex(2) as SystemLine).stateText, "Unhealthy");
            compare((part("reach") as AppText).text, "1 system needs it, directly or through others. It needs 1 other.");
            keyClick(Qt.Key_T);
            verify(!page.asTable);
            verify((part("networkGraph") as GraphView).activeFocus);
            verify((part("networkGraph") as Item).Accessible.name.includes("system-2, unhealthy"));
        }

        function test_aSystemIsFoundByTyping() {
            Stories.network(50, 0);
            verify(page.takeSearch());
            for (const letter of "system-4") {
                keyClick(letter);
            }
            compare((part("filterText") as AppText).text, "11 of 50 systems");
            keyClick(Qt.Key_Return);
            compare(Stories.systems.selected, "system-4");
            keyClick(Qt.Key_Return);
            compare(Stories.systems.selected, "system-40");
            keyClick(Qt.Key_Escape);
            compare(Stories.systems.filter, "");
            verify((part("networkGraph") as Item).activeFocus);
        }

        function test_aNameIsTextHoweverLong() {
            Stories.network(3, 0);
            Stories.rename(Stories.longName);
            Stories.systems.selected = "system-0";
            waitForRendering(stage);
            keyClick(Qt.Key_T);
            waitForRendering(stage);
            verify((part("networkTable") as ListView).contentWidth <= part("networkTable").width);
        }
    }
}
