// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Something that a person brings with a step: a value, a text, or a file by its path.
RowLayout {
    id: wanted

    required property string label
    required property string hint
    required property bool isFile
    property alias text: field.text

    signal accepted

    function clear() {
        field.clear();
    }

    spacing: Theme.small

    AppField {
        id: field
        label: wanted.label
        hint: wanted.hint
        maximumLength: 2000
        Layout.fillWidth: true
        onAccepted: wanted.accepted()
    }

    AppButton {
        visible: wanted.isFile
        text: "Choose …"
        Layout.alignment: Qt.AlignBottom
        onClicked: choice.ask(wanted.label)
    }

    FileChoice {
        id: choice
        onChosen: path => field.text = path
    }
}
