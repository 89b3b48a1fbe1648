// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/file_choice.h"

#include <QFileDialog>

namespace rc::ui {

void FileChoice::ask(const QString& title)
{
    auto* const dialog = new QFileDialog(nullptr, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setWindowModality(Qt::ApplicationModal);
    connect(dialog, &QFileDialog::fileSelected, this, &FileChoice::chosen);
    dialog->open();
}

} // namespace rc::ui
