// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console

/// A question over the page. Escape leaves everything as it is.
T.Popup {
    id: sheet

    required property string heading
    /// What it is about, as given to ask().
    property string subject
    default property alias content: body.data

    anchors.centerIn: T.Overlay.overlay
    width: 480
    padding: Theme.huge
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    implicitHeight: contentItem.implicitHeight + 2 * padding

    // The parts of the question are put into it at once; there is nothing to defer.
    // qmllint disable deferred-property-id
    contentItem: ColumnLayout {
        // qmllint enable deferred-property-id
        spacing: Theme.medium

        AppText {
            text: sheet.heading
            kind: AppText.Heading
            Layout.fillWidth: true
        }

        ColumnLayout {
            id: body
            spacing: Theme.medium
            Layout.fillWidth: true
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
