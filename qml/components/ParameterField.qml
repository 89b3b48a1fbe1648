// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console

/// A parameter of the plan to come. What is typed counts as soon as the field is left.
AppField {
    id: field

    required property string key
    required property string description
    required property string value

    signal given(string key, string value)

    /// Hands over what is typed; true if it is new.
    function commit(): bool {
        if (text.trim() === value.trim()) {
            return false;
        }
        given(key, text);
        return true;
    }

    text: value
    hint: description
    onAccepted: commit()
    onActiveFocusChanged: {
        if (!activeFocus) {
            commit();
        }
    }
}
