// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// A part of a page under its heading.
Rectangle {
    id: card

    property string heading
    default property alias content: body.data

    implicitWidth: Math.max(title.implicitWidth, body.implicitWidth) + 2 * Theme.large
    implicitHeight: body.anchors.topMargin + body.implicitHeight + Theme.medium
    radius: Theme.radius
    color: Theme.surface
    border.width: 1
    border.color: Theme.line

    AppText {
        id: title
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.large
        anchors.topMargin: Theme.medium
        visible: text !== ""
        text: card.heading
        kind: AppText.Heading
        Accessible.role: Accessible.Heading
    }

    // No layout in a layout: the outer one would be told of each text in it that breaks into more lines, and give up at
    // the third (Qt 6.4).
    ColumnLayout {
        id: body
        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.large
        anchors.topMargin: Theme.medium + (title.visible ? title.implicitHeight + Theme.small : 0)
        anchors.bottomMargin: Theme.medium
        spacing: Theme.small
    }
}
