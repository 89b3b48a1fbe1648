// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Fusion
import QtQuick.Layouts
import ProzChain.Console

/// One of several, under its label.
FocusScope {
    id: picker

    required property string label
    property alias model: box.model
    property alias textRole: box.textRole
    property alias valueRole: box.valueRole
    property alias currentIndex: box.currentIndex
    readonly property alias currentText: box.currentText
    readonly property alias count: box.count

    signal activated(int index)

    implicitWidth: 280
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column
        anchors.fill: parent
        spacing: Theme.tiny

        AppText {
            visible: picker.label !== ""
            text: picker.label
            kind: AppText.Caption
            quiet: true
        }

        ComboBox {
            id: box
            Layout.fillWidth: true
            implicitHeight: Theme.control
            focus: true
            font.family: Theme.family
            font.pixelSize: Theme.body
            Accessible.name: picker.label
            onActivated: index => picker.activated(index)
        }
    }
}
