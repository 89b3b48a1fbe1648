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

    OverviewPage {
        id: page
        anchors.fill: parent
        model: Stories.overview
    }

    TestCase {
        id: test
        name: "Overview"
        when: windowShown

        function list(name: string): ListView {
            return findChild(page, name) as ListView;
        }

        function init() {
            failOnWarning(/.?/);
        }

        function test_nothingYet() {
            Stories.network(0, 0);
            compare(list("systems").count, 0);
            compare(list("incidents").count, 0);
            waitForRendering(stage);
        }

        function test_oneOfEach() {
            Stories.network(1, 1);
            compare(list("systems").count, 1);
            compare(list("incidents").count, 1);
            waitForRendering(stage);
        }

        function test_fiveThousand() {
            Stories.network(5000, 5000);
            compare(list("systems").count, 5000);
            waitForRendering(stage);
            verify(list("systems").contentItem.children.length < 60, "lines are made for what is seen only");
            list("systems").positionViewAtEnd();
            waitForRendering(stage);
            Stories.breakSystem(4999, "computed state root differs");
            compare(list("systems").itemAtIndex(0) === null, true);
            list("systems").positionViewAtBeginning();
            tryVerify(() => list("systems").itemAtIndex(0) !== null);
            compare((list("systems").itemAtIndex(0) as SystemLine).stateText, "Unhealthy");
        }

        function test_namesAreText_data() {
            return [{
                    "tag": "long, with markup",
                    "name": Stories.longName
                }, {
                    "tag": "right to left",
                    "name": Stories.rightToLeft
                }];
        }

        function test_namesAreText(data) {
            Stories.network(2, 1);
            Stories.rename(data.name);
            waitForRendering(stage);
            const line = list("systems").itemAtIndex(0) as SystemLine;
            compare(line.name, data.name);
            verify(line.width <= list("systems").width, "a long name does not widen its line");
            compare((list("incidents").itemAtIndex(0) as IncidentLine).width, list("incidents").width);
        }

        function test_keyboardOpensAnIncident() {
            Stories.network(1, 3);
            waitForRendering(stage);
            const incidents = list("incidents");
            incidents.forceActiveFocus();
            incidents.currentIndex = 0;
            spy.clear();
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            compare(spy.count, 1);
            compare(spy.signalArguments[0][0], (incidents.itemAtIndex(1) as IncidentLine).key);
        }

        SignalSpy {
            id: spy
            target: page
            signalName: "incidentChosen"
        }
    }
}
