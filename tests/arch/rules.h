// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/arch/source_tree.h"

#include <QHash>

/// The rules of docs/architecture.md that a machine can check. Each gives its complaints, one sentence a place; none
/// when all is well.

namespace rc::arch {

/// app → qml → ui → backend → model: nothing points back, and every path starts at the repository root.
[[nodiscard]] QStringList includesThatPointBack(const SourceTree& tree);
/// The model knows Qt Core and the standard library, nothing else.
[[nodiscard]] QStringList foreignHeadersInModel(const SourceTree& tree);
/// The parts of the backend need each other without going in circles.
[[nodiscard]] QStringList cyclesInBackend(const SourceTree& tree);
/// What differs between systems lies in backend/platform. `exceptions`: path → the reason.
[[nodiscard]] QStringList platformHeaders(const SourceTree& tree, const QHash<QString, QString>& exceptions);
/// D-Bus is how one kind of service manager works, and nobody else's business.
[[nodiscard]] QStringList dbusOutsideServices(const SourceTree& tree);
/// No nested event loops, no blocking waits, no sleeping, where an event loop lives; programs run that loop.
[[nodiscard]] QStringList blockingWaits(const SourceTree& tree);
/// No context properties, no untyped properties.
[[nodiscard]] QStringList untypedQml(const SourceTree& tree);
/// Colours are tokens of qml/theme: no other QML names one, by digits, by name or by a function. "transparent" is none.
[[nodiscard]] QStringList coloursOutsideTheTheme(const SourceTree& tree);
/// Every file that is source says under which licence.
[[nodiscard]] QStringList filesWithoutLicence(const SourceTree& tree);
/// C++ up to 600 lines, QML up to 350.
[[nodiscard]] QStringList longFiles(const SourceTree& tree);
/// Folders of the page that are not there, and folders with source that the page does not know. `notYet`: those of the
/// page that are still to come, and may not be there.
[[nodiscard]] QStringList foldersOffThePage(const SourceTree& tree, const QStringList& page, const QStringList& notYet);

} // namespace rc::arch
