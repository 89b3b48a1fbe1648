// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Models

TestCase {
    id: test

    name: "Theme"

    Hatch {
        id: hatch
        ink: Theme.practiceBandInk
    }

    function eyesOf(kind: string): var {
        switch (kind) {
        case "protan":
            return [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
        case "deutan":
            return [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]];
        case "tritan":
            return [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]];
        default:
            return [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
        }
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

    /// As eyes without one kind of cones see it (Machado, Oliveira and Fernandes, 2009, complete), in CIE L*a*b*.
    function lab(ink: color, eyes: var): var {
        const linear = part => part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        const source = [linear(ink.r), linear(ink.g), linear(ink.b)];
        const seen = eyes.map(row => Math.min(1, Math.max(0, row[0] * source[0] + row[1] * source[1] + row[2] * source[2])));
        const bend = t => t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116;
        const x = bend((0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047);
        const y = bend(0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.072175 * seen[2]);
        const z = bend((0.0193339 * seen[0] + 0.119192 * seen[1] + 0.9503041 * seen[2]) / 1.08883);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
    }

    function distance(one: color, other: color, eyes: var): real {
        const a = lab(one, eyes);
        const b = lab(other, eyes);
        return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    }

    function cleanup() {
        Theme.shade = Appearance.Light;
        Theme.zoom = 1;
    }

    function test_theMeasureIsRight() {
        fuzzyCompare(contrast(Qt.color("#ffffff"), Qt.color("#000000")), 21, 0.001);
        fuzzyCompare(contrast(Qt.color("#777777"), Qt.color("#ffffff")), 4.478, 0.001);
        fuzzyCompare(distance(Qt.color("#ffffff"), Qt.color("#000000"), eyesOf("all")), 100, 0.01);
        fuzzyCompare(distance(Qt.color("#ff0000"), Qt.color("#00ff00"), eyesOf("all")), 170.58, 0.1);
        verify(distance(Qt.color("#ff0000"), Qt.color("#00ff00"), eyesOf("deutan")) < 90, "red and green come nearer");
    }

    function shades(): var {
        return [{
                "tag": "light",
                "shade": Appearance.Light,
                "least": 4.5
            }, {
                "tag": "dark",
                "shade": Appearance.Dark,
                "least": 4.5
            }, {
                "tag": "high contrast",
                "shade": Appearance.HighContrast,
                "least": 7
            }];
    }

    function test_whatIsReadStandsOut_data() {
        return shades();
    }

    function test_whatIsReadStandsOut(data) {
        Theme.shade = data.shade;
        const grounds = ["window", "surface", "sunken", "hovered", "selected"];
        const pairs = [["accentInk", "accent"], ["surface", "danger"], ["liveBandInk", "liveBand"], ["practiceBandInk", "practiceBand"], ["window", "text"], ["alarmInk", "alarm"]];
        for (const ground of grounds) {
            for (const ink of ["text", "quiet"]) {
                pairs.push([ink, ground]);
            }
        }
        for (const ground of ["window", "surface", "selected", "hovered"]) {
            for (const ink of ["danger", "caution", "active"]) {
                pairs.push([ink, ground]);
            }
        }
        for (const tone of ["danger", "caution", "active"]) {
            pairs.push([tone, tone + "Ground"], ["text", tone + "Ground"], ["quiet", tone + "Ground"]);
        }
        for (const [ink, ground] of pairs) {
            const ratio = contrast(Theme[ink], Theme[ground]);
            verify(ratio >= data.least, ink + " on " + ground + ": " + ratio.toFixed(2));
        }
        const line = Qt.tint(Theme.practiceBand, Qt.rgba(hatch.ink.r, hatch.ink.g, hatch.ink.b, hatch.density));
        verify(contrast(Theme.practiceBandInk, line) >= data.least, "on the hatch: " + contrast(Theme.practiceBandInk, line).toFixed(2));
    }

    function test_noTwoStatesLookAlikeToAnyEyes_data() {
        return shades();
    }

    function test_noTwoStatesLookAlikeToAnyEyes(data) {
        Theme.shade = data.shade;
        const hues = ["quiet", "active", "caution", "danger"];
        for (const kind of ["all", "protan", "deutan", "tritan"]) {
            for (let i = 0; i < hues.length; ++i) {
                for (let j = 0; j < i; ++j) {
                    const apart = distance(Theme[hues[i]], Theme[hues[j]], eyesOf(kind));
                    verify(apart >= 20, hues[i] + " and " + hues[j] + " to " + kind + ": " + apart.toFixed(1));
                }
            }
        }
    }

    function test_sizesGrowTogether() {
        const body = Theme.body;
        const row = Theme.rowHeight;
        Theme.zoom = 2;
        compare(Theme.body, 2 * body);
        compare(Theme.rowHeight, 2 * row);
        compare(Theme.px(3), 6);
    }
}
