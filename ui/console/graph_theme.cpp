// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/graph_theme.h"

namespace rc::ui {

GraphLook GraphTheme::look() const
{
    return {ground,  node,          text,   quiet,        line,   accent, active, activeGround,
            caution, cautionGround, danger, dangerGround, family, icons,  glyphs, pending};
}

} // namespace rc::ui
