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
            compare(check.complaints(line, data.name), "");
            compare(check.complaints(list("incidents").itemAtIndex(0), data.name), "");
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

        function test_theListOfSystemsMovesByKeyAndShowsItsFocus() {
            Stories.network(100, 1);
            waitForRendering(stage);
            const systems = list("systems");
            systems.forceActiveFocus();
            compare(check.frames(systems), 1);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_PageDown);
            verify(systems.contentY > systems.height, "the list has moved");
            keyClick(Qt.Key_PageUp);
            keyClick(Qt.Key_Up);
            compare(systems.contentY, systems.originY);
            list("incidents").forceActiveFocus();
            compare(check.frames(systems), 0);
        }

        function test_ageIsColouredByStaleness() {
            Stories.network(1, 0);
            Stories.lastLook(12);
            waitForRendering(stage);
            const line = list("systems").itemAtIndex(0) as SystemLine;
            const age = check.texts(line).find(text => text.text === "12 s");
            compare(age.color, Theme.quiet, "a probe every ten seconds is no reason to worry");
            Stories.silence(34);
            compare(age.color, Theme.caution);
            compare(line.stateText, "Stale");
        }

        function test_aLostRaceIsSaidAboveTheCards() {
            Stories.foundHome();
            const banner = findChild(page, "trouble") as Banner;
            verify(!banner.visible);
            Stories.overview.confirm("nothing like this is proposed");
            tryVerify(() => banner.visible);
            verify(banner.text !== "");
            banner.closed();
            verify(!banner.visible);
        }

        TextCheck {
            id: check
        }

        SignalSpy {
            id: spy
            target: page
            signalName: "incidentChosen"
        }
    }
}
