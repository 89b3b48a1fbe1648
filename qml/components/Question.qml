// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// The place of a question. Its sheet is made when it is asked for the first time: a page has twenty, of which a recovery
/// asks few, and somebody waits for the page. No Loader: that makes nothing whose component is bound (Qt 6.4).
Item {
    id: place

    default property Component question
    /// Null before it is asked.
    property Sheet sheet: null
    /// Why what was answered to it was refused.
    readonly property string refusal: sheet?.refusal ?? ""

    function made(): Sheet {
        if (sheet === null) {
            sheet = question.createObject(place) as Sheet;
        }
        return sheet;
    }

    /// Asks it about this, which its sheet knows the meaning of.
    function ask(subject: string) {
        made().ask(subject);
    }
}
