// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import ProzChain.Console

/// A few views of the same thing beside each other. Left and Right go from one to the next.
Row {
    id: strip

    required property list<string> names
    property int current: 0

    spacing: Theme.tiny
    Accessible.role: Accessible.PageTabList

    Repeater {
        model: strip.names

        T.Button {
            id: tab

            required property int index
            required property string modelData

            readonly property bool shown: index === strip.current

            text: modelData
            objectName: "tab" + modelData
            implicitHeight: Theme.px(32)
            implicitWidth: implicitContentWidth + 2 * Theme.medium
            hoverEnabled: true
            // One stop for Tab; the arrows go on from there. What has the focus stays one (Qt 6.4).
            focusPolicy: shown || activeFocus ? Qt.StrongFocus : Qt.ClickFocus
            Accessible.role: Accessible.PageTab
            Accessible.name: text + (shown ? ", shown" : "")
            onClicked: strip.current = index
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
            Keys.onLeftPressed: {
                strip.current = Math.max(0, strip.current - 1);
                strip.children[strip.current].forceActiveFocus(Qt.TabFocusReason);
            }
            Keys.onRightPressed: {
                strip.current = Math.min(strip.names.length - 1, strip.current + 1);
                strip.children[strip.current].forceActiveFocus(Qt.TabFocusReason);
            }

            contentItem: AppText {
                text: tab.text
                kind: tab.shown ? AppText.Strong : AppText.Body
                quiet: !tab.shown
                horizontalAlignment: Text.AlignHCenter
            }

            background: Rectangle {
                radius: Theme.radius
                color: tab.hovered && !tab.shown ? Theme.hovered : "transparent"

                Rectangle {
                    visible: tab.shown
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 2
                    color: Theme.accent
                }

                FocusFrame {
                    shown: tab.visualFocus
                }
            }
        }
    }
}
