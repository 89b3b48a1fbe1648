// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_file.h"

#include "model/base/json.h"
#include "ui/report/report_pdf.h"
#include "ui/report/typography.h"

#include <QFileInfo>
#include <QSaveFile>

namespace rc::ui::report {
namespace {

Status writeWhole(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return fail(ErrorCode::StoreError, QString("%1 cannot be written: %2.").arg(path, file.errorString()));
    }
    return {};
}

} // namespace

Result<QJsonObject> writeReport(const QByteArray& document, const QString& path)
{
    const auto data = readReport(document);
    if (!data) {
        return std::unexpected(data.error());
    }
    if (const auto loaded = loadFonts(); !loaded) {
        return std::unexpected(loaded.error());
    }
    const auto pdf = drawReport(*data);
    if (const auto written = writeWhole(path, pdf.bytes); !written) {
        return std::unexpected(written.error());
    }
    return QJsonObject{{"path", QFileInfo(path).absoluteFilePath()},
                       {"sha256", sha256Hex(pdf.bytes)},
                       {"pages", pdf.pages},
                       {"bytes", pdf.bytes.size()}};
}

} // namespace rc::ui::report
