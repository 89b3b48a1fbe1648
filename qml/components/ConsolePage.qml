// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console

/// A page of the console, as the workspace knows it.
FocusScope {
    /// The least height at which all of it can be used; in a lower place it is scrolled.
    property real leastHeight: Theme.px(400)
    /// Its columns stand one below the other.
    readonly property bool narrow: width < Theme.px(720)

    /// The keyboard goes to what is next here; false where there is nothing.
    function takeFocus(): bool {
        return false;
    }

    /// Does what is next here.
    function proceed() {
    }

    /// The keyboard goes to where is typed what is looked for; false where nothing is.
    function takeSearch(): bool {
        return false;
    }
}
