// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton
import QtQuick
import ProzChain.Models

/// The tokens of the design: no other file names a colour, a size or a time. Grey is normal; colour means that somebody
/// should look. There are three such colours besides grey; no two of the four come closer than 20 (CIE 1976) to eyes
/// of any kind, and pairs of text and ground have a contrast of 4.5 or more, of 7 or more in high contrast (checked by
/// a test). Nothing moves by itself.
QtObject {
    property int shade: Appearance.Light
    /// How large everything is, beside its own size.
    property real zoom: 1

    readonly property bool dark: shade !== Appearance.Light

    /// So many pixels at a zoom of 1.
    function px(pixels: real): real {
        return Math.round(pixels * zoom);
    }

    function pick(light: color, dark: color, contrast: color): color {
        return shade === Appearance.HighContrast ? contrast : shade === Appearance.Dark ? dark : light;
    }

    // Grounds, from the back to the front
    readonly property color window: pick("#f2f4f6", "#15181c", "#000000")
    readonly property color surface: pick("#ffffff", "#1d2126", "#000000")
    readonly property color sunken: pick("#e9ecef", "#101316", "#000000")
    readonly property color hovered: pick("#eef1f4", "#282d34", "#1c1c1c")
    readonly property color selected: pick("#e0eaf7", "#253448", "#002440")
    readonly property color line: pick("#d6dbe0", "#343a42", "#8c8c8c")
    readonly property color strongLine: pick("#87919c", "#6c7681", "#ffffff")

    // Text
    readonly property color text: pick("#16191d", "#e9ecef", "#ffffff")
    readonly property color quiet: pick("#545d68", "#aab3bd", "#e6e6e6")

    // What wants to be pressed
    readonly property color accent: pick("#1a5bb8", "#8ab8ff", "#6fd0ff")
    readonly property color accentInk: pick("#ffffff", "#0c1a2e", "#000000")
    readonly property color focus: pick("#1a5bb8", "#a9cbff", "#ffd400")

    // What wants to be seen: text or mark on a surface, and its ground
    readonly property color danger: pick("#850a10", "#ff7a70", "#ff9790")
    readonly property color dangerGround: pick("#fce8e6", "#41201e", "#330000")
    readonly property color caution: pick("#8f5f00", "#f2b632", "#ffd400")
    readonly property color cautionGround: pick("#fdf0d9", "#3a2e17", "#2b2200")
    readonly property color active: pick("#0b57d0", "#6bb5ff", "#6fd0ff")
    readonly property color activeGround: pick("#e4eefb", "#1e2d42", "#00243b")

    // What a room has to know before all else
    readonly property color alarm: pick("#b0221a", "#41201e", "#330000")
    readonly property color alarmInk: "#ffffff"

    // Over what has to wait for an answer
    readonly property color veil: "#80000000"

    // Lines of a chart that mean nothing but themselves
    readonly property list<color> lines: dark ? ["#8ab8ff", "#7fd1c7", "#c9a6ff", "#c3cad2", "#e3b7a0", "#9fb0a4"] : ["#1a5bb8", "#0f766e", "#6b46b8", "#545d68", "#8a5a44", "#4a5f50"]

    // The band that says what this is
    readonly property color liveBand: pick("#16191d", "#000000", "#000000")
    readonly property color liveBandInk: "#ffffff"
    readonly property color practiceBand: pick("#3d566f", "#33475c", "#00243b")
    readonly property color practiceBandInk: "#ffffff"

    // Type
    readonly property string family: "Inter"
    readonly property string figures: "JetBrains Mono"
    readonly property string icons: "Material Icons"
    readonly property int caption: px(12)
    readonly property int body: px(14)
    readonly property int heading: px(17)
    readonly property int title: px(22)

    // Space
    readonly property int tiny: px(4)
    readonly property int small: px(8)
    readonly property int medium: px(12)
    readonly property int large: px(16)
    readonly property int huge: px(24)
    readonly property int radius: px(4)
    readonly property int control: px(34)
    readonly property int rowHeight: px(44)
    readonly property int focusWidth: shade === Appearance.HighContrast ? px(3) : px(2)
}
