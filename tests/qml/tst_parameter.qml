// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console

Rectangle {
    id: stage

    /// What the preview is made with, as the model has it.
    property string effective: "7"

    width: 400
    height: 200
    color: Theme.window

    ParameterField {
        id: field
        width: 300
        label: "Target height"
        key: "target_height"
        description: "Height to go back to."
        value: stage.effective
        onGiven: (key, value) => stage.effective = value.trim() === "" ? "7" : String(Number(value))
    }

    TestCase {
        name: "Parameter"
        when: windowShown

        function init() {
            failOnWarning(/.?/);
            stage.effective = "7";
            field.text = "7";
        }

        function test_whatMakesNoOtherPlanIsTakenBack_data() {
            return [{
                    "tag": "emptied",
                    "typed": ""
                }, {
                    "tag": "other digits",
                    "typed": "007"
                }, {
                    "tag": "spaces",
                    "typed": " 7 "
                }];
        }

        function test_whatMakesNoOtherPlanIsTakenBack(data) {
            field.text = data.typed;
            compare(field.commit(), false);
            compare(field.text, "7");
        }

        function test_whatMakesAnotherPlanIsSaidOnce() {
            field.text = "009";
            compare(field.commit(), true);
            compare(field.text, "9");
            compare(field.commit(), false);
        }

        function test_anotherValueIsShown() {
            field.text = "12";
            stage.effective = "30";
            compare(field.text, "30");
        }
    }
}
