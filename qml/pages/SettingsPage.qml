// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// How the window looks to this person. Every change is there at once, and kept on this machine.
ConsolePage {
    id: page

    required property Appearance appearance

    function takeFocus(): bool {
        (themes.itemAt(appearance.choice) as ChoiceItem).forceActiveFocus(Qt.ShortcutFocusReason);
        return true;
    }

    leastHeight: cards.implicitHeight

    ColumnLayout {
        id: cards
        width: Math.min(parent.width, Theme.px(720))
        spacing: Theme.large

        Card {
            heading: "Theme"
            Layout.fillWidth: true

            Repeater {
                id: themes
                model: ["As the desktop has it", "Light", "Dark", "High contrast"]

                ChoiceItem {
                    required property int index
                    required property string modelData

                    objectName: "theme" + index
                    text: modelData
                    checked: page.appearance.choice === index
                    onClicked: page.appearance.choice = index
                    Layout.fillWidth: true
                    Keys.onUpPressed: themes.itemAt(Math.max(0, index - 1)).forceActiveFocus(Qt.TabFocusReason)
                    Keys.onDownPressed: themes.itemAt(Math.min(themes.count - 1, index + 1)).forceActiveFocus(Qt.TabFocusReason)
                }
            }
        }

        Card {
            heading: "Size"
            Layout.fillWidth: true

            RowLayout {
                spacing: Theme.medium
                Layout.fillWidth: true

                AppButton {
                    objectName: "smaller"
                    text: "Smaller"
                    shortcutText: "Ctrl+−"
                    enabled: page.appearance.zoom > 80
                    reason: "It is as small as it gets."
                    onClicked: page.appearance.zoomBy(-1)
                }

                AppText {
                    objectName: "zoom"
                    text: page.appearance.zoom + " %"
                    kind: AppText.Figures
                    horizontalAlignment: Text.AlignHCenter
                    Layout.preferredWidth: Theme.px(64)
                }

                AppButton {
                    objectName: "larger"
                    text: "Larger"
                    shortcutText: "Ctrl++"
                    enabled: page.appearance.zoom < 200
                    reason: "It is as large as it gets."
                    onClicked: page.appearance.zoomBy(1)
                }
            }
        }
    }
}
