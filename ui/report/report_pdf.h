// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/report_data.h"

namespace rc::ui::report {

struct Pdf
{
    QByteArray bytes;
    int pages = 0;
};

/// Draws a report on A4, for print in black and white and for the screen. Needs a QGuiApplication and loadFonts().
[[nodiscard]] Pdf drawReport(const ReportData& data);

} // namespace rc::ui::report
