// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace rc {

/// Whether a terminal acts on the character instead of showing it, so that text can look other than it is: controls
/// (but for line feed and tab), marks that turn the direction of writing (Unicode's Bidi_Control), and the separators
/// of lines and paragraphs.
[[nodiscard]] bool isHidden(QChar character);

/// The text with such characters written as \u001b, as in JSON.
[[nodiscard]] QString withHiddenShown(const QString& text);

} // namespace rc
