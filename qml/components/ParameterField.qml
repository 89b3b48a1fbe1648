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

    /// Hands over what is typed; true if it makes another plan. Afterwards the field shows what counts: "7" where "007"
    /// was typed, and the default where it was emptied.
    function commit(): bool {
        const before = value;
        if (text.trim() !== before.trim()) {
            given(key, text);
        }
        text = value;
        return value !== before;
    }

    text: value
    onValueChanged: text = value
    hint: description
    onAccepted: commit()
    onActiveFocusChanged: {
        if (!activeFocus) {
            commit();
        }
    }
}
