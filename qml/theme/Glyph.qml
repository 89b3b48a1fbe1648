// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton
import QtQuick

/// Code points of the icon font (Material Icons), by what they mean here.
QtObject {
    readonly property string overview: "\ue871"
    readonly property string incident: "\ue8b2"
    readonly property string plan: "\uf0c5"
    readonly property string network: "\ue335"
    readonly property string settings: "\ue8b8"
    readonly property string report: "\ue415"
    readonly property string ok: "\ue5ca"
    readonly property string failed: "\ue000"
    readonly property string warning: "\ue002"
    readonly property string unknown: "\ue8fd"
    readonly property string running: "\ue037"
    readonly property string pending: "\ue836"
    readonly property string skipped: "\ue044"
    readonly property string undone: "\ue166"
    readonly property string find: "\ue8b6"
    readonly property string information: "\ue88e"
    readonly property string dark: "\uef44"
    readonly property string light: "\ue518"
    readonly property string signOut: "\ue9ba"
}
