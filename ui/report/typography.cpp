// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/typography.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace rc::report {
namespace {

/// Marks that make a reader see characters in another order than they are stored in, and characters nobody sees.
bool hidesOrReorders(QChar c)
{
    const auto code = c.unicode();
    const bool embedding = code >= 0x202A && code <= 0x202E;
    const bool isolate = code >= 0x2066 && code <= 0x2069;
    const bool invisible = code == 0x200B || code == 0x2060 || code == 0xFEFF || code == 0x00AD;
    return embedding || isolate || invisible || c.category() == QChar::Other_Control;
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
    for (const QChar c : text) {
        if (c == u'\n' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator) {
            visible += QChar(QChar::LineSeparator);
        } else if (c == u'\t') {
            visible += u' ';
        } else if (hidesOrReorders(c)) {
            visible += QString("[U+%1]").arg(QString::number(c.unicode(), 16).toUpper(), 4, u'0');
        } else {
            visible += c;
        }
    }
    return visible;
}

SetText::SetText(const QString& text, const TextStyle& textStyle, qreal width)
    : m_layout(std::make_shared<QTextLayout>(visibleText(text), textStyle.font()))
    , m_colour(textStyle.colour)
{
    m_layout->setTextOption(wrapping());
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

} // namespace rc::report
