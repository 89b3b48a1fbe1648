// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// The place of the palette, which is made when it is first asked for.
Item {
    id: holder

    required property Palette commands

    function open() {
        popup.open();
    }

    CommandPalette {
        id: popup
        objectName: "palette"
        commands: holder.commands
    }
}
