// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtCharts
import ProzChain.Console
import ProzChain.Models

/// Block heights of all nodes: who moves, who stands, who fell behind.
ChartView {
    id: chart

    required property HeightsViewModel heights

    antialiasing: true
    animationOptions: ChartView.NoAnimation
    backgroundColor: "transparent"
    plotAreaColor: "transparent"
    legend.visible: false
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
            id: line

            required property string key
            required property string name
            required property int index
            property LineSeries series

            Component.onCompleted: {
                series = chart.createSeries(ChartView.SeriesTypeLine, name, times, blocks) as LineSeries;
                series.width = 2;
                chart.heights.fill(series, key);
            }
            Component.onDestruction: chart.removeSeries(series)

            Binding {
                target: line.series
                property: "color"
                value: Theme.lines[line.index % Theme.lines.length]
            }
        }
    }
}
