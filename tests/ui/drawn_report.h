// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace rc::test {

struct Ended
{
    int exitCode = -1;
    QByteArray output;
    QString complaint;
};

inline Ended runProgram(const QString& program, const QStringList& arguments, const QByteArray& input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000)) {
        return {-1, {}, process.errorString()};
    }
    return {process.exitCode(), process.readAllStandardOutput(), QString::fromUtf8(process.readAllStandardError())};
}

inline Ended draw(const QString& path, const QByteArray& input)
{
    return runProgram(RC_BIN_DIR "/recovery-report", {"-o", path}, input);
}

/// A report on disk, looked at with other people's tools.
class DrawnReport
{
public:
    explicit DrawnReport(const QJsonObject& document)
        : m_ended(draw(path(), canonicalJson(document)))
        , m_text(extracted({"-enc", "UTF-8", "-raw"}))
        , answer(QJsonDocument::fromJson(m_ended.output).object())
    {
    }

    [[nodiscard]] QString path() const { return m_directory.filePath("report.pdf"); }
    [[nodiscard]] QString trouble() const { return m_ended.exitCode == 0 ? QString() : m_ended.complaint; }
    /// In the order it was drawn.
    [[nodiscard]] const QString& text() const { return m_text; }
    /// In the order it is read, from right to left where that is the way of the script.
    [[nodiscard]] QString readingText() const { return extracted({"-enc", "UTF-8"}); }
    /// White space, which lines and columns change, taken out.
    [[nodiscard]] QString letters() const { return squeezed(text()); }
    [[nodiscard]] QStringList pages() const
    {
        auto pages = text().split(u'\f');
        pages.removeLast();
        return pages;
    }
    [[nodiscard]] QString info() const { return QString::fromUtf8(runProgram("pdfinfo", {path()}).output); }
    [[nodiscard]] bool has(const QString& words) const { return letters().contains(squeezed(words)); }

    static QString squeezed(QString text) { return text.remove(QRegularExpression("\\s")); }

private:
    [[nodiscard]] QString extracted(const QStringList& options) const
    {
        return QString::fromUtf8(runProgram("pdftotext", options + QStringList{path(), "-"}).output);
    }

    QTemporaryDir m_directory;
    Ended m_ended;
    QString m_text;

public:
    QJsonObject answer;
};

} // namespace rc::test
