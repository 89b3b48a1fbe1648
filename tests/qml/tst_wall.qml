// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Stories

Item {
    width: 100
    height: 100

    Wall {
        id: wall
        model: Stories.wall
    }

    TextCheck {
        id: check
    }

    TestCase {
        name: "Wall"
        when: windowShown

        function alarms(): int {
            return (findChild(wall, "alarms") as Repeater).count;
        }

        function init() {
            failOnWarning(/.?/);
        }

        function test_aQuietNetworkHasNoAlarm() {
            Stories.network(6, 0);
            compare(alarms(), 0);
        }

        function test_oldDataIsAnAlarm() {
            Stories.network(6, 0);
            Stories.silence(34);
            compare(alarms(), 1);
        }

        function test_anEmptyHomeIsSaid() {
            Stories.emptyHome();
            verify(alarms() > 0);
        }

        function test_whatHasNoRoomSaysThatThereIsMore() {
            Stories.situation("by hand");
            compare(check.cutSilently(wall.contentItem), []);
        }

        function test_theModelKnowsHowManyHaveAPlace() {
            Stories.network(9, 0);
            const tiles = findChild(wall, "tiles") as GridView;
            tryVerify(() => tiles.places >= 9);
            tryVerify(() => Stories.wall.places === tiles.places);
            const before = tiles.places;
            wall.width = 640;
            tryVerify(() => tiles.places !== before);
            tryVerify(() => Stories.wall.places === tiles.places);
            wall.width = 1280;
        }

        function test_theObjectiveIsSeen() {
            Stories.situation("by hand");
            const objective = findChild(wall, "objective");
            verify(!objective.visible);
            Stories.promise(2);
            verify(objective.visible);
            verify(objective.text.endsWith(" of the objective of 2 h"), objective.text);
            compare(objective.color, Theme.quiet);
            Stories.promise(1);
            verify(objective.text.endsWith(" too late for the objective of 1 h"), objective.text);
            compare(objective.color, Theme.danger);
        }

        function test_otherOpenPlansAreCounted() {
            Stories.startPlans(1);
            verify(!findChild(wall, "otherPlans").visible);
            Stories.startPlans(3);
            compare((findChild(wall, "otherPlans") as AppText).text, "and 2 more open");
            verify(findChild(wall, "otherPlans").visible);
        }

        function test_aRehearsalIsHatched() {
            Stories.startPlan(2, "olga");
            verify(!findChild(wall, "hatch").visible);
            Stories.rehearse();
            verify(findChild(wall, "hatch").visible);
        }

        function test_whatDoesNotFitIsCountedAndNotTheWorst() {
            Stories.network(200, 0);
            Stories.rename(Stories.longName);
            Stories.breakSystem(199, "stands");
            const tiles = findChild(wall, "tiles") as GridView;
            tryVerify(() => tiles.unseen > 100 && tiles.unseen < 200);
            tryVerify(() => tiles.itemAtIndex(0) !== null && tiles.itemAtIndex(0).stateText === "Unhealthy");
        }
    }
}
