// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console

TestCase {
    name: "Theme"

    Hatch {
        id: hatch
        ink: Theme.practiceBandInk
    }

    /// Of WCAG 2.1, from 1 to 21.
    function contrast(one: color, other: color): real {
        const a = luminance(one);
        const b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    function luminance(ink: color): real {
        const linear = part => part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        return 0.2126 * linear(ink.r) + 0.7152 * linear(ink.g) + 0.0722 * linear(ink.b);
    }

    function cleanup() {
        Theme.dark = false;
    }

    function test_theMeasureIsRight() {
        fuzzyCompare(contrast(Qt.color("#ffffff"), Qt.color("#000000")), 21, 0.001);
        fuzzyCompare(contrast(Qt.color("#777777"), Qt.color("#ffffff")), 4.478, 0.001);
    }

    function test_whatIsReadStandsOut_data() {
        return [{
                "tag": "light",
                "dark": false
            }, {
                "tag": "dark",
                "dark": true
            }];
    }

    function test_whatIsReadStandsOut(data) {
        Theme.dark = data.dark;
        const grounds = ["window", "surface", "sunken", "hovered", "selected"];
        const pairs = [["accentInk", "accent"], ["surface", "danger"], ["liveBandInk", "liveBand"], ["practiceBandInk", "practiceBand"], ["window", "text"], ["alarmInk", "alarm"]];
        for (const ground of grounds) {
            for (const ink of ["text", "quiet"]) {
                pairs.push([ink, ground]);
            }
        }
        for (const ground of ["window", "surface", "selected", "hovered"]) {
            for (const ink of ["danger", "caution", "active", "done"]) {
                pairs.push([ink, ground]);
            }
        }
        for (const tone of ["danger", "caution", "active"]) {
            pairs.push([tone, tone + "Ground"], ["text", tone + "Ground"], ["quiet", tone + "Ground"]);
        }
        const line = Qt.tint(Theme.practiceBand, Qt.rgba(hatch.ink.r, hatch.ink.g, hatch.ink.b, hatch.density));
        verify(contrast(Theme.practiceBandInk, line) >= 4.5, "on the hatch: " + contrast(Theme.practiceBandInk, line).toFixed(2));
        for (const [ink, ground] of pairs) {
            const ratio = contrast(Theme[ink], Theme[ground]);
            verify(ratio >= 4.5, ink + " on " + ground + ": " + ratio.toFixed(2));
        }
    }
}
