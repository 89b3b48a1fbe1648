// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/live_lines.h"

#include "backend/platform/files.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

namespace rc {
namespace {

/// As long as a file grows before a new one takes its place; a few thousand lines.
constexpr qint64 Longest = qint64(256) * 1024;
/// A line that is longer is cut: it is for reading.
constexpr qsizetype LongestText = 2000;
constexpr qsizetype MostRecent = 200;
/// Ends the name of the file that was full.
constexpr QLatin1StringView BeforeIt(".old");

struct Said
{
    LiveLine line;
    QString writer;
};

QList<Said> parse(const QByteArray& text)
{
    QList<Said> all;
    for (const auto& one : text.split('\n')) {
        const auto object = QJsonDocument::fromJson(one).object();
        const auto at = timeFromJson(object["at"]);
        if (at && object["text"].isString()) {
            all.append({{*at, object["text"].toString()}, object["by"].toString()});
        }
    }
    return all;
}

} // namespace

LiveLines::LiveLines(const QString& home)
    : m_directory(QDir(home).absoluteFilePath("live"))
    , m_writer(QUuid::createUuid().toString(QUuid::Id128))
{
}

QString LiveLines::fileFor(const PlanId& plan) const
{
    return m_directory + "/" + plan.text() + ".lines";
}

void LiveLines::say(const PlanId& plan, const LiveLine& line) const
{
    if (!ensurePrivateDirectory(m_directory)) {
        return;
    }
    const QString path = fileFor(plan);
    if (QFile(path).size() > Longest) {
        QFile::remove(path + BeforeIt);
        QFile::rename(path, path + BeforeIt);
    }
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::Append)) {
        const QJsonObject object{{"at", toRfc3339(line.at)}, {"by", m_writer}, {"text", line.text.left(LongestText)}};
        // In one piece, so that lines of two writers do not mix.
        file.write(QJsonDocument(object).toJson(QJsonDocument::Compact) + "\n");
    }
}

QByteArray LiveLines::readOn(const PlanId& plan)
{
    auto& read = m_read[plan];
    QFile file(fileFor(plan));
    if (file.size() < read) {
        read = 0; // a new one stands in its place
    }
    if (file.size() == read || !file.open(QIODevice::ReadOnly) || !file.seek(read)) {
        return {};
    }
    auto bytes = file.read(2 * Longest);
    bytes.truncate(bytes.lastIndexOf('\n') + 1); // the rest of a line that is being written comes next time
    read += bytes.size();
    return bytes;
}

QList<LiveLine> LiveLines::recent(const PlanId& plan)
{
    m_read[plan] = 0;
    auto all = parse(readOn(plan));
    if (QFile before(fileFor(plan) + BeforeIt); all.size() < MostRecent && before.open(QIODevice::ReadOnly)) {
        all = parse(before.read(2 * Longest)) + all;
    }
    QList<LiveLine> lines;
    for (const auto& said : all.last(std::min(all.size(), MostRecent))) {
        lines.append(said.line);
    }
    return lines;
}

QList<LiveLine> LiveLines::news(const PlanId& plan)
{
    QList<LiveLine> lines;
    for (const auto& said : parse(readOn(plan))) {
        if (said.writer != m_writer) {
            lines.append(said.line);
        }
    }
    return lines;
}

} // namespace rc
