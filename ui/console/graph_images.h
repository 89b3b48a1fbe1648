// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graph_tiles.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGTransformNode>

#include <algorithm>
#include <array>

namespace rc::ui {

/// The images of the squares that are seen, the overview lowest. The software scene graph gives a node that is added
/// later the place and the clip of its parent only if that has a state of its own, which a plain QSGNode has not
/// (Qt 6.4).
struct GraphImages : QSGTransformNode
{
    struct Shown
    {
        QSGImageNode* node;
        quint64 revision;
        int depth;
    };

    GraphImages()
    {
        for (auto& depth : depths) {
            depth = new QSGTransformNode;
            depth->setFlag(OwnedByParent);
            appendChildNode(depth);
        }
    }

    /// `rect` in the item.
    void show(QQuickWindow* window, const GraphTiles::Place& place, const QRectF& rect, const GraphTiles::Tile& tile)
    {
        auto& shown = all.try_emplace(place.key, Shown{nullptr, 0, -1}).first->second;
        if (shown.node == nullptr) {
            shown.node = window->createImageNode();
            shown.node->setOwnsTexture(true);
            shown.node->setFlag(OwnedByParent);
            shown.node->setFiltering(QSGTexture::Nearest);
        }
        if (shown.revision != tile.revision) {
            shown.node->setTexture(window->createTextureFromImage(tile.image));
            shown.node->setSourceRect(QRectF(tile.image.rect()));
            shown.revision = tile.revision;
        }
        if (shown.node->rect() != rect) {
            shown.node->setRect(rect);
        }
        // Only now: in the software scene graph a node that is in the tree needs a texture (Qt 6.4).
        if (shown.depth != place.depth) {
            if (shown.depth >= 0) {
                depths[std::size_t(shown.depth)]->removeChildNode(shown.node);
            }
            depths[std::size_t(place.depth)]->appendChildNode(shown.node);
            shown.depth = place.depth;
        }
    }

    void keepOnly(const std::vector<GraphTiles::Place>& places)
    {
        std::erase_if(all, [&](const auto& each) {
            const bool isSeen = std::ranges::find(places, each.first, &GraphTiles::Place::key) != places.end();
            if (!isSeen) {
                depths[std::size_t(each.second.depth)]->removeChildNode(each.second.node);
                delete each.second.node;
            }
            return !isSeen;
        });
    }

    std::array<QSGTransformNode*, 3> depths{};
    std::map<TilePainter::Key, Shown> all;
};

} // namespace rc::ui
