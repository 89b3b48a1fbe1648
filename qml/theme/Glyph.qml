// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton

import QtQuick

/// Code points of the icon font (Material Icons), by what they mean here.
QtObject {
    readonly property string overview: "\ue871"
    readonly property string incident: "\ue8b2"
    readonly property string plan: "\uf0c5"
    readonly property string graph: "\ue97a"
    readonly property string systems: "\ue1db"
    readonly property string chain: "\ue157"
    readonly property string journal: "\uef6e"
    readonly property string report: "\ue415"
    readonly property string ok: "\ue5ca"
    readonly property string succeeded: "\ue86c"
    readonly property string failed: "\ue000"
    readonly property string warning: "\ue002"
    readonly property string unknown: "\ue8fd"
    readonly property string running: "\ue037"
    readonly property string paused: "\ue034"
    readonly property string person: "\ue7fd"
    readonly property string people: "\uf233"
    readonly property string approval: "\ue8e8"
    readonly property string waiting: "\ue8b5"
    readonly property string pending: "\ue836"
    readonly property string skipped: "\ue044"
    readonly property string undone: "\ue166"
    readonly property string blocked: "\ue14b"
    readonly property string copy: "\ue14d"
    readonly property string lock: "\ue897"
    readonly property string next: "\ue5cc"
    readonly property string close: "\ue5cd"
    readonly property string find: "\ue8b6"
    readonly property string add: "\ue145"
    readonly property string refresh: "\ue5d5"
    readonly property string information: "\ue88e"
    readonly property string end: "\ue153"
    readonly property string wall: "\ue333"
    readonly property string irreversible: "\ue644"
    readonly property string retry: "\ue5d5"
    readonly property string signOut: "\ue9ba"
}
