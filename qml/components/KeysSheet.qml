// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Every key, by what it belongs to.
Sheet {
    id: sheet

    required property Palette commands

    function ask(subject: string) {
        commands.showKeys();
        open();
        focusOn(leave);
    }

    heading: "Keys"
    wanted: Theme.px(860)

    GridLayout {
        // Read downwards, what belongs together together.
        rows: Math.ceil(sheet.commands.keys.count / (sheet.width < Theme.px(600) ? 1 : 2))
        flow: GridLayout.TopToBottom
        columnSpacing: Theme.huge
        rowSpacing: Theme.tiny
        Layout.fillWidth: true

        Repeater {
            model: sheet.commands.keys

            RowLayout {
                id: line

                required property string group
                required property string title
                required property string keyText

                spacing: Theme.medium
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Accessible.role: Accessible.StaticText
                Accessible.name: line.keyText + ": " + line.title

                AppText {
                    text: line.keyText
                    kind: AppText.Strong
                    Layout.preferredWidth: Theme.px(112)
                    Layout.alignment: Qt.AlignTop
                    Accessible.ignored: true
                }

                AppText {
                    text: line.title
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
        }
    }

    AppText {
        text: "Single letters are heard in the checklist of a plan and in its graph. Ctrl+K finds everything else by name."
        quiet: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppButton {
        id: leave
        text: "Close"
        Layout.alignment: Qt.AlignRight
        onClicked: sheet.close()
    }
}
