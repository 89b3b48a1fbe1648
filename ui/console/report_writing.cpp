// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/report_writing.h"

#include "ui/report/report_file.h"

#include <QDateTime>
#include <QDir>
#include <QJsonDocument>

namespace rc::ui {

QFuture<Result<QString>> written(const QFuture<Result<QJsonObject>>& document, const Sight& sight, const QString& about)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(sight.now.time_since_epoch().count(), Qt::UTC);
    const QString folder = sight.store.path + "/reports";
    const QString path = QString("%1/%2 %3.pdf").arg(folder, about, time.toString("yyyy-MM-dd HHmmss'Z'"));
    const auto draw = [folder, path](const Result<QJsonObject>& read) -> Result<QString> {
        if (!read) {
            return std::unexpected(read.error());
        }
        QDir().mkpath(folder);
        const auto file = report::writeReport(QJsonDocument(*read).toJson(QJsonDocument::Compact), path);
        return file ? Result<QString>((*file)["path"].toString()) : std::unexpected(file.error());
    };
    return QFuture(document).then(QtFuture::Launch::Async, draw);
}

} // namespace rc::ui
