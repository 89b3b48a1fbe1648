// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/words/words.h"

#include <QRegularExpression>

#include <array>

namespace rc::ui {
namespace {

QString formatted(Timestamp time, const QString& format)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(format);
}

struct Unit
{
    qint64 ms;
    const char* name;
};
constexpr std::array Units{Unit{86'400'000, "d"}, Unit{3'600'000, "h"}, Unit{60'000, "min"}, Unit{1000, "s"}};

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

QString duration(Milliseconds span)
{
    const qint64 ms = std::abs(span.count());
    if (ms < 1000) {
        return QString("%1 ms").arg(ms);
    }
    if (ms < 9950) {
        return QString("%1 s").arg(QString::number(double(ms) / 1000, 'f', 1));
    }
    for (std::size_t i = 0; i + 1 < Units.size(); ++i) {
        const auto& [unit, name] = Units[i];
        const auto& [smaller, smallerName] = Units[i + 1];
        // Rounded first, so that 59 min and 59.7 s are an hour.
        const qint64 rounded = (ms + smaller / 2) / smaller * smaller;
        if (rounded >= unit) {
            const auto head = QString("%1 %2").arg(rounded / unit).arg(QLatin1StringView(name));
            const qint64 rest = rounded % unit / smaller;
            return rest == 0 ? head : QString("%1 %2 %3").arg(head).arg(rest).arg(QLatin1StringView(smallerName));
        }
    }
    return QString("%1 s").arg((ms + 500) / 1000);
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

QString shortHash(const QString& hash)
{
    return hash.left(12);
}

QString withShortHashes(const QString& text)
{
    static const QRegularExpression hash(R"(\b([0-9a-fA-F]{8})[0-9a-fA-F]{16,}([0-9a-fA-F]{8})\b)");
    return QString(text).replace(hash, "\\1…\\2");
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
