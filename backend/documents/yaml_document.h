// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/documents/located_problem.h"
#include "model/procedure/procedure.h"

#include <QHash>

namespace rc {

/// A YAML file as JSON values, each of which knows its line.
struct YamlDocument
{
    /// As messages name it.
    QString file;
    QJsonValue root;
    /// JSON pointer (RFC 6901) to line, from 1.
    QHash<QString, int> lines;

    /// The line of a value, or of the nearest one around it that is in the file.
    [[nodiscard]] int lineOf(const QString& pointer) const;
    [[nodiscard]] Error error(const QList<Problem>& problems) const;
};

/// Limits that no honest document reaches.
inline constexpr qint64 maxDocumentBytes = qint64(4) * 1024 * 1024;
inline constexpr int maxDocumentDepth = 64;
inline constexpr int maxDocumentValues = 200'000;

/// Reads one YAML document. Refused, with line: text that is not UTF-8, control characters and marks that turn the
/// direction of writing (also as escapes in quoted text), tabs as indentation,
/// duplicate keys, keys that are not text, anchors and aliases, tags, a second document, an empty file, and whatever
/// exceeds the limits above.
[[nodiscard]] Result<YamlDocument> readYaml(const QByteArray& bytes, const QString& file);

/// The bytes of a document: a regular file (or resource) within the size limit. NotFound or InvalidInput.
[[nodiscard]] Result<QByteArray> readDocumentBytes(const QString& path);

} // namespace rc
