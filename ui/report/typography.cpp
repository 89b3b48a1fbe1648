// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/typography.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>
#include <QRegularExpression>
#include <QTextLayout>

#include <algorithm>

namespace rc::ui::report {
namespace {

/// Characters that nobody sees, or that make a reader see others in another order than they are stored in; joiners are
/// part of ordinary writing.
bool hidesOrReorders(char32_t code)
{
    constexpr char32_t NonJoiner = 0x200C;
    constexpr char32_t Joiner = 0x200D;
    switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return code != NonJoiner && code != Joiner;
    default:
        return false;
    }
}

bool hasGlyph(char32_t code)
{
    constexpr char32_t EndOfAscii = 0x7F;
    return code < EndOfAscii || QFontMetricsF(TextStyle{}.font()).inFontUcs4(code);
}

/// The first character that needs shaping.
constexpr QChar FirstMark{0x0300};

/// Letters that take their form or place from their neighbours: Arabic, Indic scripts, marks above a letter.
bool needsShaping(char32_t code)
{
    switch (QChar::script(code)) {
    case QChar::Script_Common:
    case QChar::Script_Latin:
    case QChar::Script_Greek:
    case QChar::Script_Cyrillic:
        return false;
    default:
        return true;
    }
}

/// Stretches that need shaping; all else is set letter by letter, see TextStyle::font().
QList<QTextLayout::FormatRange> shapedRanges(const QString& text, const TextStyle& textStyle)
{
    QList<QTextLayout::FormatRange> ranges;
    if (std::ranges::none_of(text, [](QChar c) { return c >= FirstMark; })) {
        return ranges;
    }
    QTextCharFormat shaped;
    auto font = textStyle.font();
    font.setStyleStrategy(QFont::PreferDefault);
    shaped.setFont(font);
    int start = 0;
    for (const char32_t code : text.toUcs4()) {
        const int length = QChar::requiresSurrogates(code) ? 2 : 1;
        if (needsShaping(code)) {
            const bool goesOn = !ranges.isEmpty() && ranges.last().start + ranges.last().length == start;
            if (goesOn) {
                ranges.last().length += length;
            } else {
                ranges.append({start, length, shaped});
            }
        }
        start += length;
    }
    return ranges;
}

/// Hashes are set in the fixed-width face wherever they stand.
QList<QTextLayout::FormatRange> hashRanges(const QString& text, const TextStyle& textStyle)
{
    static const QRegularExpression hash("\\b[0-9a-f]{32,}\\b");
    QList<QTextLayout::FormatRange> ranges;
    QTextCharFormat format;
    auto mono = textStyle;
    mono.mono = true;
    mono.points *= style::Hash.points / style::Cell.points;
    format.setFont(mono.font());
    auto found = hash.globalMatch(text);
    while (!textStyle.mono && found.hasNext()) {
        const auto match = found.next();
        ranges.append({int(match.capturedStart()), int(match.capturedLength()), format});
    }
    return ranges;
}

QTextOption wrapping()
{
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setUseDesignMetrics(true);
    return option;
}

} // namespace

QFont TextStyle::font() const
{
    // The second family has the letters that the first has not, Hebrew, Arabic and Greek among them.
    QFont made(mono ? QStringList{"JetBrains Mono", "DejaVu Sans Mono"} : QStringList{"Inter", "DejaVu Sans"});
    made.setPixelSize(qRound(points * Pt));
    made.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    made.setHintingPreference(QFont::PreferNoHinting);
    // Shaping would put other glyphs for hyphens between digits and for arrows, which no reader could copy or search.
    made.setStyleStrategy(QFont::PreferNoShaping);
    return made;
}

Status loadFonts()
{
    for (const auto* file : {"Inter-Regular.otf", "Inter-SemiBold.otf", "JetBrainsMono-Regular.ttf", "DejaVuSans.ttf",
                             "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf"}) {
        if (QFontDatabase::addApplicationFont(QString(":/report/fonts/%1").arg(QLatin1StringView(file))) < 0) {
            return fail(ErrorCode::StoreError, QString("The font %1 cannot be loaded.").arg(QLatin1StringView(file)));
        }
    }
    return {};
}

QString visibleText(const QString& text)
{
    QString visible;
    visible.reserve(text.size());
    for (const char32_t code : text.toUcs4()) {
        if (code == U'\n' || code == QChar::LineSeparator || code == QChar::ParagraphSeparator) {
            visible += QChar(QChar::LineSeparator);
        } else if (code == U'\t') {
            visible += u' ';
        } else if (hidesOrReorders(code) || !hasGlyph(code)) {
            visible += QString("[U+%1]").arg(QString::number(uint(code), 16).toUpper(), 4, u'0');
        } else {
            visible += QString::fromUcs4(&code, 1);
        }
    }
    return visible;
}

SetText::SetText(const QString& text, const TextStyle& textStyle, qreal width)
    : m_layout(std::make_shared<QTextLayout>(visibleText(text), textStyle.font()))
    , m_colour(textStyle.colour)
{
    m_layout->setTextOption(wrapping());
    m_layout->setFormats(shapedRanges(m_layout->text(), textStyle) + hashRanges(m_layout->text(), textStyle));
    m_layout->setCacheEnabled(true);
    m_layout->beginLayout();
    for (auto line = m_layout->createLine(); line.isValid(); line = m_layout->createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, 0});
    }
    m_layout->endLayout();
}

int SetText::lineCount() const
{
    return m_layout->lineCount();
}

qreal SetText::usedWidth() const
{
    qreal width = 0;
    for (int i = 0; i < lineCount(); ++i) {
        width = std::max(width, m_layout->lineAt(i).naturalTextWidth());
    }
    return width;
}

void SetText::paintLine(QPainter& painter, QPointF at, int line) const
{
    const auto set = m_layout->lineAt(line);
    painter.setPen(m_colour);
    set.draw(&painter, at - QPointF(0, set.ascent()));
}

QString shortened(const QString& text, const TextStyle& textStyle, qreal width)
{
    const auto oneLine = visibleText(text).replace(QChar(QChar::LineSeparator), u' ');
    return QFontMetricsF(textStyle.font()).elidedText(oneLine, Qt::ElideRight, width);
}

qreal widthOf(const QString& text, const TextStyle& textStyle)
{
    return SetText(text, textStyle, 1e6).usedWidth();
}

void paintText(QPainter& painter, QPointF at, const QString& text, const TextStyle& textStyle)
{
    SetText(text, textStyle, 1e6).paintLine(painter, at, 0);
}

void paintTextRight(QPainter& painter, QPointF at, const QString& text, const TextStyle& textStyle)
{
    paintText(painter, at - QPointF(widthOf(text, textStyle), 0), text, textStyle);
}

} // namespace rc::ui::report
