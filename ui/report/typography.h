// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QColor>
#include <QFont>
#include <QPointF>

#include <memory>

class QPainter;
class QTextLayout;

namespace rc::ui::report {

/// Everything is measured in device units: a sixteenth of a point, at PageResolution dots per inch.
constexpr qreal Pt = 16;
constexpr int PageResolution = 72 * 16;

/// Greys that keep apart on a black and white printer.
namespace ink {
constexpr QColor Black{0, 0, 0};
constexpr QColor Quiet{85, 85, 85};
constexpr QColor Bar{130, 130, 130};
constexpr QColor Rule{165, 165, 165};
constexpr QColor Shade{238, 238, 238};
constexpr QColor Paper{255, 255, 255};
} // namespace ink

/// How a run of text is set.
struct TextStyle
{
    qreal points = 8.5;
    bool strong = false;
    bool mono = false;
    QColor colour = ink::Black;

    [[nodiscard]] QFont font() const;
    /// Distance between lines that goes well with the size.
    [[nodiscard]] qreal lineHeight() const { return points * 1.4 * Pt; }
};

namespace style {
constexpr TextStyle Title{.points = 24, .strong = true};
constexpr TextStyle Subtitle{.points = 13};
constexpr TextStyle Heading{.points = 13, .strong = true};
constexpr TextStyle Subheading{.points = 9.5, .strong = true};
constexpr TextStyle Body{.points = 9};
constexpr TextStyle BodyStrong{.points = 9, .strong = true};
constexpr TextStyle Cell{.points = 8};
constexpr TextStyle CellStrong{.points = 8, .strong = true};
constexpr TextStyle CellQuiet{.points = 8, .colour = ink::Quiet};
constexpr TextStyle Label{.points = 7, .strong = true, .colour = ink::Quiet};
constexpr TextStyle Hash{.points = 7.5, .mono = true};
constexpr TextStyle Running{.points = 7, .colour = ink::Quiet};
constexpr TextStyle RunningHash{.points = 6.5, .mono = true, .colour = ink::Quiet};
} // namespace style

/// Makes the fonts compiled into the program known to Qt; without them pages would differ from machine to machine.
[[nodiscard]] Status loadFonts();

/// Text as a reader has to see it: line ends kept; control characters, marks that reorder text and characters that no
/// font has are spelled out (`[U+202E]`), so that a report cannot show something else than what stands in the journal.
[[nodiscard]] QString visibleText(const QString& text);

/// Plain text broken into lines of a width: at words where possible, inside a word where not. Nothing is cut.
/// Hashes are set in the fixed-width face.
class SetText
{
public:
    SetText(const QString& text, const TextStyle& textStyle, qreal width);

    [[nodiscard]] int lineCount() const;
    /// Width of the widest line.
    [[nodiscard]] qreal usedWidth() const;
    /// Paints one line with its baseline at `at`.
    void paintLine(QPainter& painter, QPointF at, int line) const;

private:
    std::shared_ptr<QTextLayout> m_layout;
    QColor m_colour;
};

/// One line without breaking; what does not fit ends in an ellipsis. For names that stand in full elsewhere.
[[nodiscard]] QString shortened(const QString& text, const TextStyle& textStyle, qreal width);
[[nodiscard]] qreal widthOf(const QString& text, const TextStyle& textStyle);
/// Paints one short line with its baseline at `at`.
void paintText(QPainter& painter, QPointF at, const QString& text, const TextStyle& textStyle);
/// The same, ending at `at`.
void paintTextRight(QPainter& painter, QPointF at, const QString& text, const TextStyle& textStyle);

} // namespace rc::ui::report
