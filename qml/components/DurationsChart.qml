// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtCharts
import ProzChain.Console
import ProzChain.Models

/// What each step was expected to take and what it took.
ChartView {
    id: chart

    required property PlanViewModel plan

    antialiasing: true
    animationOptions: ChartView.NoAnimation
    backgroundColor: "transparent"
    plotAreaColor: "transparent"
    legend.visible: false
    margins.top: 0
    margins.bottom: 0
    margins.left: 0
    margins.right: 0

    BarSeries {
        axisX: BarCategoryAxis {
            categories: chart.plan.timedSteps
            labelsColor: Theme.quiet
            labelsFont.family: Theme.family
            labelsFont.pixelSize: Theme.caption
            gridVisible: false
            color: Theme.strongLine
        }
        axisY: ValuesAxis {
            min: 0
            max: chart.plan.longestSeconds
            labelFormat: "%.0f"
            tickCount: 4
            labelsColor: Theme.quiet
            labelsFont.family: Theme.family
            labelsFont.pixelSize: Theme.caption
            gridLineColor: Theme.line
            color: Theme.strongLine
        }

        BarSet {
            label: "expected"
            values: chart.plan.expectedSeconds
            color: Theme.line
            borderColor: Theme.strongLine
        }

        BarSet {
            label: "actual"
            values: chart.plan.actualSeconds
            color: Theme.accent
            borderColor: Theme.accent
        }
    }
}
