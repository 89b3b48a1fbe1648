// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// A chart between the names of its axes.
ColumnLayout {
    id: place

    /// What goes upwards and what goes to the right, each with its unit.
    required property string upwards
    required property string along
    /// Whether somebody can see it. Qt Charts draws anew with every figure, shown or not: the chart is to be there
    /// only as long as it is seen. A PageStack disables the pages that it does not show.
    readonly property bool seen: visible && enabled && Window.visibility !== Window.Minimized
    /// The names of its lines or bars.
    property alias legend: names.data
    default property alias content: body.data

    spacing: 0

    // A legend of the chart's own takes a third of a small chart.
    Flow {
        id: names
        spacing: Theme.medium
        Layout.fillWidth: true

        AppText {
            text: place.upwards
            kind: AppText.Caption
            quiet: true
        }
    }

    // No layout: one from which an item goes and that is resized before the next frame still counts on it (Qt 6.4).
    Item {
        id: body
        Layout.fillWidth: true
        Layout.fillHeight: true
    }

    AppText {
        text: place.along
        kind: AppText.Caption
        quiet: true
        horizontalAlignment: Text.AlignRight
        Layout.fillWidth: true
    }
}
