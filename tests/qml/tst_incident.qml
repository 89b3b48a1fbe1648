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

    IncidentPage {
        id: page
        anchors.fill: parent
        model: Stories.incident
    }

    TestCase {
        name: "Incident"
        when: windowShown

        function init() {
            failOnWarning(/.?/);
        }

        function test_nobodyStartsWithoutAnIncident() {
            Stories.network(1, 0);
            waitForRendering(stage);
            const start = findChild(page, "startPlan") as AppButton;
            verify(!start.enabled);
            verify(start.reason !== "", "a button that cannot be pressed says why");
        }

        function test_aLongTitleIsText() {
            Stories.network(1, 1);
            Stories.incident.incidentId = "INC-1";
            Stories.rename(Stories.longName);
            compare(Stories.incident.incident.title, Stories.longName);
            waitForRendering(stage);
        }
    }
}
