// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/words/words.h"

#include "model/base/span_words.h"

namespace rc::ui {
namespace {

QString formatted(Timestamp time, const QString& format)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(format);
}

QDateTime local(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
}

} // namespace

QString utc(Timestamp time)
{
    return formatted(time, "yyyy-MM-dd HH:mm:ss 'UTC'");
}

QString utc(const std::optional<Timestamp>& time)
{
    return time ? utc(*time) : QString(u'–');
}

QString clockTime(Timestamp time)
{
    return formatted(time, "HH:mm:ss");
}

QString day(Timestamp time)
{
    return formatted(time, "yyyy-MM-dd");
}

QDate localDay(Timestamp time)
{
    return local(time).date();
}

QString localTime(Timestamp time, QDate today, const QString& format)
{
    const auto at = local(time);
    return at.toString(at.date() == today ? format : "yyyy-MM-dd " + format);
}

QString localDayAndTime(Timestamp time)
{
    return local(time).toString("yyyy-MM-dd HH:mm:ss");
}

QString duration(Milliseconds span)
{
    return spanInWords(span);
}

QString growingSpan(Milliseconds span)
{
    const auto seconds = std::max<qint64>(0, span.count() / 1000);
    const auto two = [](qint64 number) { return QString("%1").arg(number, 2, 10, QChar(u'0')); };
    if (seconds < 60) {
        return QString("%1 s").arg(seconds);
    }
    if (seconds < 3600) {
        return QString("%1 min %2 s").arg(QString::number(seconds / 60), two(seconds % 60));
    }
    return QString("%1 h %2 min").arg(QString::number(seconds / 3600), two(seconds / 60 % 60));
}

QString words(const QString& id)
{
    auto text = id;
    text.replace(u'_', u' ');
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

QString rolesInWords(const QStringList& ids)
{
    QStringList roles;
    for (const auto& id : ids) {
        roles.append(words(id).toLower());
    }
    return roles.isEmpty() ? QString("anyone in the plan") : roles.join(" or ");
}

QString rolesInWords(const QList<Role>& roles)
{
    QStringList ids;
    for (const auto role : roles) {
        ids.append(idOf(role));
    }
    return rolesInWords(ids);
}

QString inWords(StepAct act)
{
    switch (act) {
    case StepAct::Run:
        break;
    case StepAct::Undo:
        return "take it back";
    case StepAct::Skip:
        return "do without it";
    }
    return "run it";
}

QString shortHash(const QString& hash)
{
    return hash.left(12);
}

QString counted(qsizetype count, const QString& noun)
{
    return QString("%1 %2%3").arg(QString::number(count), noun, count == 1 ? QString() : QString("s"));
}

QString orDash(const QString& text)
{
    return text.isEmpty() ? QString(u'–') : text;
}

} // namespace rc::ui
