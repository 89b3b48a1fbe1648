// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/chunked.h"
#include "ui/base/tone.h"
#include "ui/graph/graph_geometry.h"

#include <QColor>

#include <memory>

namespace rc::ui {

/// What a node says.
struct GraphFace
{
    QString name;
    QString stateText;
    Tone::Value tone = Tone::Normal;
    /// The current step; a system of the incident.
    bool current = false;
    /// Nobody waits for it any more: done, or healthy.
    bool settled = false;

    friend bool operator==(const GraphFace&, const GraphFace&) = default;
};

/// A graph as it is drawn at one moment. Copies are cheap and share what is the same in them, so that one thread draws
/// while another changes states.
struct GraphPicture
{
    std::shared_ptr<const GraphGeometry> geometry = std::make_shared<GraphGeometry>();
    /// As many as the geometry has nodes.
    Chunked<GraphFace> faces;
    /// The node of which the lines stand out; -1 for none.
    int followed = -1;
};

/// Colours and fonts of a drawing: the theme's.
struct GraphLook
{
    QColor ground;
    QColor node;
    QColor text;
    QColor quiet;
    /// Borders, and lines that nobody waits for.
    QColor line;
    QColor accent;
    QColor active;
    QColor activeGround;
    QColor caution;
    QColor cautionGround;
    QColor danger;
    QColor dangerGround;
    QString family;
    QString icons;
    /// A code point of the icon font for each Tone.
    QStringList glyphs;
    /// For what is neither done nor abnormal.
    QString pending;

    friend bool operator==(const GraphLook&, const GraphLook&) = default;
};

} // namespace rc::ui
