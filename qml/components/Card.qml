// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// A part of a page under its heading.
Rectangle {
    id: card

    property string heading
    default property alias content: body.data

    implicitWidth: layout.implicitWidth + 2 * Theme.large
    implicitHeight: layout.implicitHeight + 2 * Theme.medium
    radius: Theme.radius
    color: Theme.surface
    border.width: 1
    border.color: Theme.line

    ColumnLayout {
        id: layout
        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.large
        anchors.topMargin: Theme.medium
        anchors.bottomMargin: Theme.medium
        spacing: Theme.small

        AppText {
            visible: text !== ""
            text: card.heading
            kind: AppText.Heading
            Layout.fillWidth: true
            Accessible.role: Accessible.Heading
        }

        ColumnLayout {
            id: body
            spacing: Theme.small
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
}
