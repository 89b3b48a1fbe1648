// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtCharts
import ProzChain.Console
import ProzChain.Models

/// Block heights of all nodes: who moves, who stands, who fell behind.
ChartView {
    id: chart

    required property HeightsViewModel heights

    readonly property list<color> inks: [Theme.text, Theme.accent, Theme.caution, Theme.danger, Theme.done, Theme.quiet]

    antialiasing: true
    animationOptions: ChartView.NoAnimation
    backgroundColor: "transparent"
    plotAreaColor: "transparent"
    legend.labelColor: Theme.text
    legend.font.family: Theme.family
    legend.font.pixelSize: Theme.caption
    margins.top: 0
    margins.bottom: 0
    margins.left: 0
    margins.right: 0

    DateTimeAxis {
        id: times
        format: "HH:mm:ss"
        tickCount: 4
        min: chart.heights.from
        max: chart.heights.to
        labelsColor: Theme.quiet
        labelsFont.family: Theme.family
        labelsFont.pixelSize: Theme.caption
        gridLineColor: Theme.line
        color: Theme.strongLine
    }

    ValuesAxis {
        id: blocks
        labelFormat: "%.0f"
        tickCount: 4
        min: chart.heights.low
        max: chart.heights.high
        labelsColor: Theme.quiet
        labelsFont.family: Theme.family
        labelsFont.pixelSize: Theme.caption
        gridLineColor: Theme.line
        color: Theme.strongLine
    }

    Repeater {
        model: chart.heights.nodes

        Item {
            required property string key
            required property string name
            required property int index

            Component.onCompleted: {
                const series = chart.createSeries(ChartView.SeriesTypeLine, name, times, blocks) as LineSeries;
                series.color = chart.inks[index % chart.inks.length];
                series.width = 2;
                chart.heights.fill(series, key);
            }
        }
    }
}
