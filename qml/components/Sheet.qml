// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console

/// A question over the page. Escape leaves everything as it is. What is typed stays until the act that it was typed for
/// is taken: one that is refused says so here. A question goes with its page.
T.Popup {
    id: sheet

    required property string heading
    /// What it is about, as given to ask().
    property string subject
    /// It is about a rehearsal, and has to look like it.
    property bool rehearsal: false
    /// The act that was asked for here, until it is answered; 0 for none.
    property int awaited: 0
    readonly property bool sending: awaited !== 0
    /// Why it was refused.
    property string refusal
    /// The page under it can be seen and used.
    readonly property bool placed: parent !== null && parent.visible && parent.enabled
    /// How wide it would be where there is room.
    property real wanted: Theme.px(520)
    readonly property Item room: T.Overlay.overlay
    default property alias content: body.data

    signal refused

    function ask(subject: string) {
        sheet.subject = subject;
        open();
    }

    /// The keyboard is there, and is seen to be: what had the focus when this was asked the last time has got it again
    /// by the opening, which shows no frame.
    function focusOn(item: Item) {
        item.focus = false;
        item.forceActiveFocus(Qt.TabFocusReason);
    }

    /// Waits for what comes of the act.
    function awaits(act: int) {
        refusal = "";
        awaited = act;
    }

    /// What came of an act, of this question or of another.
    function answered(act: int, refusal: string) {
        if (!sending || act !== awaited) {
            return;
        }
        awaited = 0;
        if (refusal === "") {
            close();
        } else {
            sheet.refusal = refusal;
            refused();
        }
    }

    onPlacedChanged: {
        if (!placed) {
            close();
        }
    }
    onClosed: {
        awaited = 0;
        refusal = "";
    }

    anchors.centerIn: room
    width: Math.min(wanted, room ? room.width - 2 * Theme.small : wanted)
    height: Math.min(implicitHeight, room ? room.height - 2 * Theme.small : implicitHeight)
    padding: Theme.huge
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    implicitHeight: contentItem.implicitHeight + 2 * padding

    // The parts of the question are put into it at once; there is nothing to defer.
    // qmllint disable deferred-property-id
    contentItem: Scroll {
        // qmllint enable deferred-property-id
        implicitHeight: all.implicitHeight
        contentHeight: all.implicitHeight
        contentWidth: width
        // Frames of what has the focus stand out.
        clip: overflows

        ColumnLayout {
            id: all
            width: parent.width
            spacing: Theme.medium

            AppText {
                objectName: "rehearsal"
                visible: sheet.rehearsal
                text: "REHEARSAL"
                kind: AppText.Caption
                color: Theme.caution
                font.letterSpacing: 0.8
                Layout.fillWidth: true
            }

            AppText {
                text: sheet.heading
                kind: AppText.Heading
                Layout.fillWidth: true
            }

            Banner {
                objectName: "refusal"
                text: sheet.refusal
                closable: false
                Layout.fillWidth: true
            }

            ColumnLayout {
                id: body
                spacing: Theme.medium
                Layout.fillWidth: true
            }
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.width: 1
        border.color: Theme.strongLine
    }

    T.Overlay.modal: Rectangle {
        color: Theme.veil
    }
}
