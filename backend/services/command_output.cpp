// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/command_output.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace rc {
namespace {

constexpr qint64 MostLineBytes = 1024LL * 1024;
constexpr qint64 LongestLastLine = 256LL * 1024;
/// Read at a time by who follows a file; the rest is left out.
constexpr qint64 MostAtOnce = 256LL * 1024;
constexpr qsizetype LongestUnfinished = 64LL * 1024;
constexpr qint64 ToldOfBefore = 4096;
constexpr int MostLinesTold = 40;
constexpr qsizetype LongestTold = 400;

QByteArray bytesFrom(const QString& path, qint64 offset, qint64 most)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.seek(offset) ? file.read(most) : QByteArray();
}

} // namespace

QString outputTail(const QString& file, const Redaction& redaction, qsizetype bytes)
{
    // A secret that begins before what is read cannot be recognized; what may be its end is not shown.
    const qint64 from = std::max<qint64>(0, QFileInfo(file).size() - bytes - redaction.longest());
    auto masked = redaction.masked(bytesFrom(file, from, bytes + redaction.longest()));
    if (from > 0) {
        masked = masked.sliced(std::min(redaction.longest(), masked.size()));
    }
    return Redaction::textOf(masked.last(std::min(bytes, masked.size())));
}

Result<QByteArrayList> outputLines(const QString& file)
{
    if (QFileInfo(file).size() > MostLineBytes) {
        return fail(ErrorCode::InvalidInput, "It wrote more than 1 MiB, which is too much for a list of lines.");
    }
    QByteArrayList lines;
    const auto all = bytesFrom(file, 0, MostLineBytes).split('\n');
    for (const auto& line : all) {
        if (const auto text = line.trimmed(); !text.isEmpty()) {
            lines.append(text);
        }
    }
    return lines;
}

Result<QByteArray> lastOutputLine(const QString& file)
{
    const qint64 from = std::max<qint64>(0, QFileInfo(file).size() - LongestLastLine);
    const auto text = bytesFrom(file, from, LongestLastLine).trimmed();
    if (text.isEmpty()) {
        return fail(ErrorCode::InvalidInput, "It wrote nothing to its standard output.");
    }
    const auto begin = text.lastIndexOf('\n') + 1;
    if (begin == 0 && from > 0) {
        return fail(ErrorCode::InvalidInput, "The last line that it wrote is longer than 256 KiB.");
    }
    return text.sliced(begin).trimmed();
}

QJsonObject outputArtifact(const QString& what, const QString& path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const bool isRead = file.open(QIODevice::ReadOnly) && hash.addData(&file);
    return {{"kind", QString(idOf(ArtifactKind::File))},
            {"what", what},
            {"path", path},
            {"bytes", file.size()},
            {"sha256", isRead ? QString::fromLatin1(hash.result().toHex()) : QString()}};
}

OutputFollower::OutputFollower(const QString& file, Redaction redaction)
    : m_file(file)
    , m_redaction(std::move(redaction))
    , m_position(std::max<qint64>(0, QFileInfo(file).size() - ToldOfBefore))
    , m_beginsWithin(m_position > 0)
{
}

void OutputFollower::tell(const Operation& operation, bool whole)
{
    const qint64 size = QFileInfo(m_file).size();
    m_unfinished += bytesFrom(m_file, m_position, std::min(MostAtOnce, size - m_position));
    m_position = size;
    if (m_beginsWithin && m_unfinished.contains('\n')) {
        m_unfinished = m_unfinished.sliced(m_unfinished.indexOf('\n') + 1);
        m_beginsWithin = false;
    }
    if (m_beginsWithin) {
        m_unfinished.clear();
        return;
    }
    if (whole) {
        m_unfinished += '\n';
    }
    const auto end = m_unfinished.lastIndexOf('\n');
    const auto lines = end < 0 ? QByteArrayList() : m_unfinished.first(end).split('\n');
    m_unfinished = m_unfinished.sliced(end + 1).left(LongestUnfinished);
    int told = 0;
    for (const auto& line : lines) {
        const auto text = m_redaction.masked(line.trimmed());
        if (!text.isEmpty() && ++told <= MostLinesTold) {
            operation.progress(Redaction::textOf(text.left(LongestTold)));
        }
    }
    if (told > MostLinesTold) {
        operation.progress(QString("(%1 lines more)").arg(told - MostLinesTold));
    }
}

} // namespace rc
