// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console

/// Looks at all texts in an item: names come from files and people, so each is plain text and stays in its place.
QtObject {
    function texts(item) {
        let found = item instanceof Text ? [item] : [];
        for (let i = 0; i < item.children.length; ++i) {
            found = found.concat(texts(item.children[i]));
        }
        return found;
    }

    /// What begins so and ends without a sign that there is more.
    function cutSilently(item) {
        return texts(item).filter(text => text.maximumLineCount < 1000 && text.elide === Text.ElideNone).map(text => text.objectName + text.text);
    }

    /// How many frames of focus are shown in it.
    function frames(item) {
        let count = item instanceof FocusFrame && item.visible ? 1 : 0;
        for (let i = 0; i < item.children.length; ++i) {
            count += frames(item.children[i]);
        }
        return count;
    }

    /// What is wrong with them, in a line each; and that one of them shows this name.
    function complaints(item, name) {
        const all = texts(item).filter(text => text.visible && text.text !== "" && text.font.family !== Theme.icons);
        let found = all.some(text => text.text.includes(name)) ? [] : ["nothing shows the name"];
        for (const text of all) {
            const start = text.text.substring(0, 20);
            if (text.textFormat !== Text.PlainText) {
                found.push(start + ": not plain text");
            }
            if (text.elide === Text.ElideNone && text.wrapMode === Text.NoWrap) {
                found.push(start + ": neither wraps nor elides");
            }
            if (text.mapToItem(item, text.width, 0).x > item.width + 0.5 || text.contentWidth > text.width + 0.5) {
                found.push(start + ": leaves its place");
            }
        }
        return found.join("\n");
    }
}
