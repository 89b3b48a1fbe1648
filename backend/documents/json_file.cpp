// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/json_file.h"

#include "backend/platform/files.h"

#include <QFile>
#include <QFileInfo>

namespace rc {

Status writeNewFile(const QString& path, const QByteArray& bytes)
{
    if (QFileInfo::exists(path)) {
        return fail(ErrorCode::InvalidInput, QString("%1 exists already; nothing was written.").arg(path));
    }
    return writeFileAtomically(path, bytes);
}

Result<QJsonObject> readJsonFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::NotFound, QString("%1 cannot be read: %2.").arg(path, file.errorString()));
    }
    QJsonParseError wrong;
    const auto document = QJsonDocument::fromJson(file.readAll(), &wrong);
    if (!document.isObject()) {
        return fail(ErrorCode::InvalidInput,
                    QString("%1 is not a JSON object%2.")
                        .arg(path, wrong.error == QJsonParseError::NoError ? QString() : ": " + wrong.errorString()));
    }
    return document.object();
}

} // namespace rc
