// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/arch/source_tree.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace rc::arch {
namespace {

/// Comments become a space; strings are kept or emptied.
QString stripped(const QString& text, bool keepStrings)
{
    static const QRegularExpression parts(
        R"~((R"([^(\s]*)\([\s\S]*?\)\2"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])')|//[^\n]*|/\*[\s\S]*?\*/)~");
    QString result;
    qsizetype from = 0;
    for (auto it = parts.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        result += QStringView(text).mid(from, match.capturedStart() - from);
        const bool isString = !match.capturedView(1).isEmpty();
        result += isString ? (keepStrings ? match.captured(1) : QString("\"\"")) : QString(" ");
        from = match.capturedEnd();
    }
    return result + text.mid(from);
}

} // namespace

QString SourceFile::code() const
{
    return stripped(text, false);
}

QString SourceFile::withoutComments() const
{
    return stripped(text, true);
}

QStringList SourceFile::includes(QChar opening) const
{
    static const QRegularExpression line(R"~(^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">])~",
                                         QRegularExpression::MultilineOption);
    QStringList found;
    for (auto it = line.globalMatch(stripped(text, true)); it.hasNext();) {
        const auto match = it.next();
        if (match.capturedView(1).front() == opening) {
            found.append(match.captured(2));
        }
    }
    return found;
}

SourceTree readTree(const QString& root)
{
    static const QStringList top{"model", "backend", "ui", "qml", "app", "resources", "tests", "packaging"};
    SourceTree tree;
    QStringList paths{root + "/CMakeLists.txt", root + "/dev"};
    for (const auto& folder : top) {
        for (QDirIterator it(root + "/" + folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            paths.append(it.next());
        }
    }
    paths.sort();
    for (const auto& path : paths) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly)) {
            tree.append({path.mid(root.size() + 1), QString::fromUtf8(file.readAll())});
        }
    }
    return tree;
}

} // namespace rc::arch
