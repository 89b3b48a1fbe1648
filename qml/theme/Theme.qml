// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton
import QtQuick

/// The tokens of the design: no other file names a colour, a size or a time. Grey is normal; colour means that somebody
/// should look. Pairs of text and ground have a contrast of 4.5 or more in both themes (checked by a test).
QtObject {
    property bool dark: false

    // Grounds, from the back to the front
    readonly property color window: dark ? "#15181c" : "#f2f4f6"
    readonly property color surface: dark ? "#1d2126" : "#ffffff"
    readonly property color sunken: dark ? "#101316" : "#e9ecef"
    readonly property color hovered: dark ? "#282d34" : "#eef1f4"
    readonly property color selected: dark ? "#253448" : "#e0eaf7"
    readonly property color line: dark ? "#343a42" : "#d6dbe0"
    readonly property color strongLine: dark ? "#6c7681" : "#87919c"

    // Text
    readonly property color text: dark ? "#e9ecef" : "#16191d"
    readonly property color quiet: dark ? "#aab3bd" : "#545d68"

    // What wants to be pressed
    readonly property color accent: dark ? "#8ab8ff" : "#1a5bb8"
    readonly property color accentInk: dark ? "#0c1a2e" : "#ffffff"
    readonly property color focus: dark ? "#a9cbff" : "#1a5bb8"

    // What wants to be seen: text or mark on a surface, and its ground
    readonly property color danger: dark ? "#ff9b92" : "#b0221a"
    readonly property color dangerGround: dark ? "#41201e" : "#fce8e6"
    readonly property color caution: dark ? "#f5bd62" : "#8a5200"
    readonly property color cautionGround: dark ? "#3a2e17" : "#fdf0d9"
    readonly property color active: dark ? "#8ab8ff" : "#1a5bb8"
    readonly property color activeGround: dark ? "#1e2d42" : "#e4eefb"
    readonly property color done: dark ? "#9fb0a4" : "#4a5f50"

    // What a room has to know before all else
    readonly property color alarm: dark ? "#41201e" : "#b0221a"
    readonly property color alarmInk: "#ffffff"

    // Over what has to wait for an answer
    readonly property color veil: "#80000000"

    // Lines of a chart that mean nothing but themselves
    readonly property list<color> lines: dark ? ["#8ab8ff", "#7fd1c7", "#c9a6ff", "#c3cad2", "#e3b7a0", "#9fb0a4"] : ["#1a5bb8", "#0f766e", "#6b46b8", "#545d68", "#8a5a44", "#4a5f50"]

    // The band that says what this is
    readonly property color liveBand: dark ? "#000000" : "#16191d"
    readonly property color liveBandInk: "#ffffff"
    readonly property color practiceBand: dark ? "#33475c" : "#3d566f"
    readonly property color practiceBandInk: "#ffffff"

    // Type
    readonly property string family: "Inter"
    readonly property string figures: "JetBrains Mono"
    readonly property string icons: "Material Icons"
    readonly property int caption: 12
    readonly property int body: 14
    readonly property int heading: 17
    readonly property int title: 22

    // Space
    readonly property int tiny: 4
    readonly property int small: 8
    readonly property int medium: 12
    readonly property int large: 16
    readonly property int huge: 24
    readonly property int radius: 4
    readonly property int control: 34
    readonly property int rowHeight: 44
    readonly property int focusWidth: 2
}
