// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Fusion
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console
import ProzChain.Models

/// Finds a command or a place by what is typed. The arrows choose, Return takes, Escape leaves everything as it is.
T.Popup {
    id: popup

    required property Palette commands
    /// Taken once this is closed: what it does may open a question of its own.
    property string taken

    readonly property Item room: T.Overlay.overlay

    function take(line: FoundLine) {
        if (line?.able ?? false) {
            taken = line.key;
            close();
        }
    }

    x: room && parent ? Math.round((room.width - width) / 2 - parent.mapToItem(room, 0, 0).x) : 0
    y: room && parent ? Theme.px(48) - parent.mapToItem(room, 0, 0).y : 0
    width: Math.min(Theme.px(640), room ? room.width - 2 * Theme.small : Theme.px(640))
    height: Math.min(implicitHeight, room ? room.height - Theme.px(64) : implicitHeight)
    padding: Theme.small
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    implicitHeight: contentItem.implicitHeight + 2 * padding

    onOpened: {
        commands.open = true;
        typed.clear();
        list.currentIndex = 0;
        typed.forceActiveFocus();
    }
    onClosed: {
        commands.open = false;
        const key = taken;
        taken = "";
        if (key !== "") {
            commands.take(key);
        }
    }

    // qmllint disable deferred-property-id
    contentItem: ColumnLayout {
        // qmllint enable deferred-property-id
        spacing: Theme.small

        AppField {
            id: typed
            objectName: "typed"
            label: ""
            hint: "A command, an incident, a plan, a system …"
            Layout.fillWidth: true
            onTextChanged: {
                popup.commands.typed = text;
                list.currentIndex = 0;
                list.positionViewAtBeginning();
            }
            onAccepted: popup.take(list.currentItem as FoundLine)
            Keys.onUpPressed: list.decrementCurrentIndex()
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onPressed: event => {
                if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown) {
                    list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + (event.key === Qt.Key_PageUp ? -8 : 8)));
                    event.accepted = true;
                }
            }
            Accessible.description: (list.currentItem as FoundLine)?.Accessible.name ?? "Nothing was found."
        }

        ListView {
            id: list
            objectName: "found"
            model: popup.commands.found
            clip: true
            // What is made ahead, and gone before it is there, is complained of (Qt 6.4).
            cacheBuffer: 0
            highlightMoveDuration: 0
            boundsBehavior: Flickable.StopAtBounds
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(contentHeight, Theme.px(440))
            Layout.fillHeight: true
            Accessible.role: Accessible.List
            Accessible.name: "Found"
            delegate: FoundLine {
                width: list.width
                highlighted: ListView.isCurrentItem
                onClicked: popup.take(this)
            }

            ScrollBar.vertical: ScrollBar {
                policy: list.contentHeight > list.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
            }
        }

        AppText {
            objectName: "nothingFound"
            visible: list.count === 0
            text: "Nothing is called so."
            quiet: true
            Layout.fillWidth: true
            Layout.leftMargin: Theme.medium
            Layout.bottomMargin: Theme.small
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
