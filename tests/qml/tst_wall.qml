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

    TestCase {
        name: "Wall"
        when: windowShown

        function alarm(): Rectangle {
            return findChild(wall, "deserted") as Rectangle;
        }

        function init() {
            failOnWarning(/.?/);
        }

        function test_aQuietNetworkHasNoAlarm() {
            Stories.network(6, 0);
            verify(!alarm().visible);
        }

        function test_oldDataIsAnAlarm() {
            Stories.network(6, 0);
            Stories.silence(34);
            verify(alarm().visible);
        }

        function test_anEmptyHomeIsSaid() {
            Stories.emptyHome();
            verify(alarm().visible);
        }

        function test_manySystemsAndLongNames() {
            Stories.network(200, 0);
            Stories.rename(Stories.longName);
            wait(50);
        }

        function test_theSmallestTextIsAFortiethOfTheHeight() {
            Stories.network(2, 0);
            verify(wall.unit * 40 <= wall.height + 1 || wall.unit * 64 <= wall.width + 1);
        }
    }
}
