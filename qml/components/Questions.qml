// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Models

/// Questions about a plan, each in its place. They end when another plan is looked at.
Item {
    id: questions

    required property PlanViewModel plan
    readonly property string planId: plan.planId

    /// One of them says itself why it was refused.
    property bool tellsRefusal: false

    // A question about one plan is no question about another.
    onPlanIdChanged: leave()

    Component.onCompleted: {
        for (let i = 0; i < data.length; ++i) {
            (data[i] as Question)?.refusalChanged.connect(noteRefusal);
        }
    }

    /// The one that is asked; null for none.
    function asked(): Sheet {
        for (let i = 0; i < data.length; ++i) {
            const sheet = (data[i] as Question)?.sheet ?? null;
            if (sheet !== null && sheet.visible) {
                return sheet;
            }
        }
        return null;
    }

    /// Asks nothing any more.
    function leave() {
        for (let i = 0; i < data.length; ++i) {
            (data[i] as Question)?.sheet?.close();
        }
    }

    function noteRefusal() {
        tellsRefusal = false;
        for (let i = 0; i < data.length; ++i) {
            tellsRefusal = tellsRefusal || ((data[i] as Question)?.refusal ?? "") !== "";
        }
    }

    Connections {
        target: questions.plan

        function onAnswered(act: int, refusal: string) {
            for (let i = 0; i < questions.data.length; ++i) {
                (questions.data[i] as Question)?.sheet?.answered(act, refusal);
            }
        }
    }
}
